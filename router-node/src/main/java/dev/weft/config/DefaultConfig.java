package dev.weft.config;

import dev.weft.config.KeyType.ListOf;
import dev.weft.config.KeyType.Section;
import java.util.ArrayList;
import java.util.List;

/** A configuration file with every key, its default and what it does. */
public final class DefaultConfig {
    private static final int WIDTH = 110;

    private final StringBuilder out = new StringBuilder();

    private DefaultConfig() {}

    /** The text of the file. It loads, and means the same as an empty one; keys that have no default are comments. */
    public static String render() {
        DefaultConfig config = new DefaultConfig();
        config.out.append("# Every key of Weft's configuration with its default. See docs/configuration.md.\n");
        config.section(ConfigSchema.ROOT, "", "");
        return config.out.toString();
    }

    /**
     * @param indent spaces before each line
     * @param mark put before each key: empty, or {@code "# "} for keys that are not set
     */
    private void section(Section section, String indent, String mark) {
        for (ConfigKey key : section.keys()) {
            if (indent.isEmpty()) {
                out.append('\n');
            }
            comment(key, indent, mark);
            key(key, indent, mark);
        }
    }

    private void key(ConfigKey key, String indent, String mark) {
        Key about = key.about();
        String line = indent + mark + key.name() + ":";
        if (key.type() instanceof ListOf list && list.element() instanceof Section element) {
            boolean present = !about.value().equals("[]");
            out.append(line).append(present ? "\n" : " []\n");
            elements(element, indent, present ? mark : "# ");
        } else if (key.type() instanceof Section section) {
            String inner = key.mayBeUnset() ? "# " : mark;
            out.append(indent).append(inner).append(key.name()).append(":\n");
            section(section, indent + "  ", inner);
        } else if (key.hasDefault()) {
            out.append(line).append(' ').append(about.value()).append('\n');
        } else {
            String example = about.example().isEmpty() ? "" : " " + about.example();
            out.append(indent)
                    .append(about.required() ? mark : "# ")
                    .append(key.name())
                    .append(":")
                    .append(example);
            out.append('\n');
        }
        if (key.isSecret()) {
            out.append(indent).append("# ").append(key.fileKey()).append(":\n");
        }
    }

    /** One element, its first key after the dash. */
    private void elements(Section element, String indent, String mark) {
        out.append(indent).append("  ").append(mark).append("-\n");
        section(element, indent + "    ", mark);
    }

    private void comment(ConfigKey key, String indent, String mark) {
        Key about = key.about();
        String left = about.unset().isEmpty() ? "" : " Unset: " + about.unset() + ".";
        String prefix = indent + (mark.isEmpty() ? "# " : "#   ");
        for (String line : wrapped(about.doc() + left, WIDTH - prefix.length())) {
            out.append(prefix).append(line).append('\n');
        }
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + word.length() + 1 > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
