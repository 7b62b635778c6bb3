package dev.weft.config;

import dev.weft.wamp.PrintableText;
import java.util.Collection;
import java.util.Map;

/** Writes maps, collections, texts, numbers and booleans as JSON. */
public final class JsonText {
    private final StringBuilder out = new StringBuilder();
    private final boolean indented;

    private JsonText(boolean indented) {
        this.indented = indented;
    }

    /** On one line. */
    public static String line(Map<String, ?> value) {
        return new JsonText(false).write(value, 0).out.toString();
    }

    /** On one line. */
    public static String line(Collection<?> value) {
        return new JsonText(false).write(value, 0).out.toString();
    }

    /** On many lines, for people. */
    public static String indented(Map<String, ?> value) {
        return new JsonText(true).write(value, 0).out.append('\n').toString();
    }

    private JsonText write(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                newLine(depth + 1);
                text(String.valueOf(entry.getKey()));
                out.append(indented ? ": " : ":");
                write(entry.getValue(), depth + 1);
                separator = ",";
            }
            close('}', map.isEmpty(), depth);
        } else if (value instanceof Collection<?> list) {
            out.append('[');
            String separator = "";
            for (Object item : list) {
                out.append(separator);
                newLine(depth + 1);
                write(item, depth + 1);
                separator = ",";
            }
            close(']', list.isEmpty(), depth);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            text(value.toString());
        }
        return this;
    }

    private void close(char bracket, boolean empty, int depth) {
        if (!empty) {
            newLine(depth);
        }
        out.append(bracket);
    }

    private void newLine(int depth) {
        if (indented) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private void text(String text) {
        // Read on terminals too, so more is escaped than JSON asks for.
        String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
        out.append('"').append(PrintableText.of(quoted)).append('"');
    }
}
