package dev.weft.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A configuration as one would write it, with all its defaults and without what is secret. */
public final class ConfigView {
    private static final List<Map.Entry<String, Long>> UNITS = List.of(
            Map.entry("d", 86_400_000L), Map.entry("h", 3_600_000L), Map.entry("m", 60_000L), Map.entry("s", 1_000L));

    private ConfigView() {}

    /** Groups as maps, lists as lists, numbers and booleans as such, all else as text. Keys that are not set are left out. */
    public static Map<String, Object> of(NodeConfig config) {
        return group(ConfigSchema.ROOT, config, true);
    }

    /** Every key that has another value in {@code next} than in {@code present}, by its path, with the latter value. */
    public static Map<String, Object> changes(NodeConfig present, NodeConfig next) {
        Map<String, Object> before = flat(present);
        Map<String, Object> changes = flat(next);
        before.keySet().stream()
                .filter(path -> !changes.containsKey(path))
                .toList()
                .forEach(path -> changes.put(path, "not set"));
        changes.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        changes.replaceAll((path, value) -> value instanceof Secret ? value.toString() : value);
        return changes;
    }

    private static Map<String, Object> flat(NodeConfig config) {
        Map<String, Object> flat = new TreeMap<>();
        flatten("", group(ConfigSchema.ROOT, config, false), flat);
        return flat;
    }

    private static void flatten(String path, Object value, Map<String, Object> into) {
        if (value instanceof Map<?, ?> group && !group.isEmpty()) {
            group.forEach(
                    (key, inner) -> flatten(path.isEmpty() ? String.valueOf(key) : path + "." + key, inner, into));
        } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            List<String> names = names(list);
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + names.get(i) + "]", list.get(i), into);
            }
        } else {
            into.put(path, value);
        }
    }

    /** Where all have names, what is put between them leaves the others as they are; else numbers have to do. */
    private static List<String> names(List<?> groups) {
        for (String key : List.of("name", "uri")) {
            List<String> names = groups.stream()
                    .map(group -> String.valueOf(((Map<?, ?>) group).get(key)))
                    .distinct()
                    .toList();
            if (names.size() == groups.size() && !names.contains("null")) {
                return names;
            }
        }
        return IntStream.range(0, groups.size()).mapToObj(String::valueOf).toList();
    }

    private static Map<String, Object> group(KeyType.Section section, Object record, boolean masked) {
        Map<String, Object> group = new LinkedHashMap<>();
        for (int i = 0; i < section.keys().size(); i++) {
            Object value = component(section, record, i);
            if (value != null) {
                group.put(
                        section.keys().get(i).name(),
                        shown(section.keys().get(i).type(), value, masked));
            }
        }
        return group;
    }

    private static @Nullable Object component(KeyType.Section section, Object record, int index) {
        try {
            return section.record().getRecordComponents()[index].getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a public record has public accessors", impossible);
        }
    }

    private static Object shown(KeyType type, Object value, boolean masked) {
        if (type instanceof KeyType.Section section) {
            return group(section, value, masked);
        }
        if (type instanceof KeyType.ListOf list) {
            return ((List<?>) value)
                    .stream().map(item -> shown(list.element(), item, masked)).toList();
        }
        if (value instanceof Duration duration) {
            return shown(duration);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        if (value instanceof Secret && !masked) {
            return value;
        }
        return value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private static String shown(Duration duration) {
        long millis = duration.toMillis();
        for (Map.Entry<String, Long> unit : UNITS) {
            if (millis > 0 && millis % unit.getValue() == 0) {
                return millis / unit.getValue() + unit.getKey();
            }
        }
        return millis == 0 ? "0s" : millis + "ms";
    }
}
