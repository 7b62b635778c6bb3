package dev.weft.node.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Objects of JSON as a table for people: a line for each, its columns aligned. */
final class TextTable {
    private static final String NANOS = "_nanos";
    private static final double NANOS_PER_MILLI = 1e6;

    private TextTable() {}

    /** The lines, the first of which names the columns: every key that an object has. Values that are groups are left out. */
    static List<String> lines(List<?> objects) {
        Set<String> keys = new LinkedHashSet<>();
        for (Object object : objects) {
            if (object instanceof Map<?, ?> fields) {
                fields.forEach((key, value) -> {
                    if (!(value instanceof Map || value instanceof List)) {
                        keys.add(String.valueOf(key));
                    }
                });
            }
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(keys.stream().map(TextTable::heading).toList());
        for (Object object : objects) {
            if (object instanceof Map<?, ?> fields) {
                rows.add(keys.stream().map(key -> cell(key, fields.get(key))).toList());
            }
        }
        return aligned(rows);
    }

    private static String heading(String key) {
        String name = key.endsWith(NANOS) ? key.substring(0, key.length() - NANOS.length()) + "_ms" : key;
        return name.replace('_', '-').toUpperCase(Locale.ROOT);
    }

    private static String cell(String key, @Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof Boolean flag) {
            return flag ? "yes" : "no";
        }
        if (key.endsWith(NANOS) && value instanceof Number nanos) {
            return String.format(Locale.ROOT, "%.3f", nanos.longValue() / NANOS_PER_MILLI);
        }
        return value.toString();
    }

    private static List<String> aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int column = 0; column < columns; column++) {
                        line.append(row.get(column))
                                .append(" "
                                        .repeat(widths[column] - row.get(column).length() + 2));
                    }
                    return line.toString().stripTrailing();
                })
                .collect(Collectors.toList());
    }
}
