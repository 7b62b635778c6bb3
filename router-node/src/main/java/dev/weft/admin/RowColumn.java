package dev.weft.admin;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One column of rows: how it is named in requests and answers, and how its value is read. */
record RowColumn(String name, RecordComponent component) {
    /** By name, in the order of the components. */
    static Map<String, RowColumn> of(Class<? extends Record> type) {
        Map<String, RowColumn> columns = new LinkedHashMap<>();
        Arrays.stream(type.getRecordComponents())
                .map(component -> new RowColumn(AdminJson.snakeCase(component.getName()), component))
                .forEach(column -> columns.put(column.name, column));
        return columns;
    }

    @Nullable
    Object value(Record row) {
        return AdminJson.field(row, component);
    }

    /** As it is compared with what a request asks for. */
    String text(Record row) {
        Object value = value(row);
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        return value == null ? "" : String.valueOf(value);
    }

    /** Numbers and times: what is most interesting is the largest. */
    boolean isNumber() {
        Class<?> type = component.getType();
        return type.isPrimitive() || Number.class.isAssignableFrom(type);
    }

    int compare(Record one, Record other) {
        Object left = value(one);
        Object right = value(other);
        if (left instanceof Number number && right instanceof Number than) {
            return Double.compare(number.doubleValue(), than.doubleValue());
        }
        return text(one).compareTo(text(other));
    }
}
