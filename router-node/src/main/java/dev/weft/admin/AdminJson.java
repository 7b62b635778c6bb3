package dev.weft.admin;

import dev.weft.config.HostPort;
import dev.weft.config.JsonText;
import dev.weft.link.NodeId;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON: a record becomes an object whose keys are its components in snake_case, without those that are null; a
 * node id and a time its text, a constant its name in lower case.
 */
final class AdminJson {
    private AdminJson() {}

    /** An object; anything else stands in one under {@code key}. */
    static String text(Object value, String key) {
        Object json = json(value);
        Map<?, ?> object = json instanceof Map<?, ?> map ? map : Map.of(key, json);
        Map<String, Object> fields = new LinkedHashMap<>();
        object.forEach((name, field) -> fields.put(String.valueOf(name), field));
        return JsonText.indented(fields);
    }

    private static Object json(Object value) {
        if (value instanceof NodeId || value instanceof Instant || value instanceof HostPort) {
            return value.toString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Record written) {
            return object(written);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((name, field) -> fields.put(String.valueOf(json(name)), json(field)));
            return fields;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(AdminJson::json).toList();
        }
        return value;
    }

    private static Map<String, Object> object(Record written) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : written.getClass().getRecordComponents()) {
            Object field = field(written, component);
            if (field != null) {
                fields.put(snakeCase(component.getName()), json(field));
            }
        }
        return fields;
    }

    static @Nullable Object field(Record written, RecordComponent component) {
        try {
            return component.getAccessor().invoke(written);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a public record has public accessors", impossible);
        }
    }

    static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
