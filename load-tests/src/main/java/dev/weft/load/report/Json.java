package dev.weft.load.report;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/** Writes maps, collections, texts, numbers and booleans as JSON; a number that is none becomes null. */
public final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /** On many lines, for people. */
    public static String of(Map<String, ?> value) {
        Json json = new Json();
        json.write(value, 0);
        return json.out.append('\n').toString();
    }

    private void write(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            writeAll(map.entrySet(), "{}", depth);
        } else if (value instanceof Collection<?> list) {
            writeAll(list, "[]", depth);
        } else if (value instanceof Map.Entry<?, ?> entry) {
            text(String.valueOf(entry.getKey()));
            out.append(": ");
            write(entry.getValue(), depth);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            out.append("null");
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            text(value.toString());
        }
    }

    private void writeAll(Collection<?> items, String brackets, int depth) {
        out.append(brackets.charAt(0));
        for (Iterator<?> rest = items.iterator(); rest.hasNext(); ) {
            newLine(depth + 1);
            write(rest.next(), depth + 1);
            out.append(rest.hasNext() ? "," : "");
        }
        if (!items.isEmpty()) {
            newLine(depth);
        }
        out.append(brackets.charAt(1));
    }

    private void newLine(int depth) {
        out.append('\n').append("  ".repeat(depth));
    }

    private void text(String text) {
        out.append('"');
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        out.append('"');
    }
}
