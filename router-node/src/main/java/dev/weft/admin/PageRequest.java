package dev.weft.admin;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are asked for: {@code limit} (100) of them after the first {@code offset} (0), in the order of the column
 * named by {@code sort}, of those that every other parameter admits: {@code column=text}, or {@code column=start*}.
 * Numbers are sorted with the largest first, texts by the alphabet, and with {@code -column} the other way round.
 *
 * @param order null for that in which the rows come
 */
record PageRequest(int limit, int offset, @Nullable Comparator<Record> order, List<Predicate<Record>> filters) {
    static final int MAX_LIMIT = 10_000;

    /** Rows before a page are not kept, unless they have to be sorted. */
    static final int MAX_OFFSET = 999_999_999;

    static final int MAX_SORTED_OFFSET = 1_000_000;

    private static final int DEFAULT_LIMIT = 100;

    /** What is asked for in a way that makes no sense. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message);
        }
    }

    static PageRequest of(MultiMap parameters, Map<String, RowColumn> columns) throws Wrong {
        int limit = number(parameters, "limit", DEFAULT_LIMIT, 0, MAX_LIMIT);
        int offset = number(parameters, "offset", 0, 0, parameters.contains("sort") ? MAX_SORTED_OFFSET : MAX_OFFSET);
        Comparator<Record> order = null;
        List<Predicate<Record>> filters = new ArrayList<>();
        for (Map.Entry<String, String> parameter : parameters) {
            String name = parameter.getKey();
            if (name.equals("sort")) {
                order = order(parameter.getValue(), columns);
            } else if (!name.equals("limit") && !name.equals("offset")) {
                filters.add(filter(column(name, columns), parameter.getValue()));
            }
        }
        return new PageRequest(limit, offset, order, filters);
    }

    /** @param otherwise if it is not given */
    static int number(MultiMap parameters, String name, int otherwise, int least, int most) throws Wrong {
        String text = parameters.get(name);
        if (text == null) {
            return otherwise;
        }
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw new Wrong(name + " is a number from " + least + " to " + most + ", not '" + text + "'");
        }
        return number;
    }

    private static Comparator<Record> order(String written, Map<String, RowColumn> columns) throws Wrong {
        boolean turned = written.startsWith("-");
        RowColumn column = column(turned ? written.substring(1) : written, columns);
        Comparator<Record> ascending = column::compare;
        return column.isNumber() == turned ? ascending : ascending.reversed();
    }

    private static RowColumn column(String name, Map<String, RowColumn> columns) throws Wrong {
        RowColumn column = columns.get(name);
        if (column == null) {
            throw new Wrong("there is no column " + name + "; there are " + String.join(", ", columns.keySet()));
        }
        return column;
    }

    private static Predicate<Record> filter(RowColumn column, String wanted) {
        if (wanted.endsWith("*")) {
            String start = wanted.substring(0, wanted.length() - 1);
            return row -> column.text(row).startsWith(start);
        }
        return row -> column.text(row).equals(wanted);
    }

    boolean admits(Record row) {
        return filters.stream().allMatch(filter -> filter.test(row));
    }
}
