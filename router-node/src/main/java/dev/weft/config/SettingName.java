package dev.weft.config;

import dev.weft.config.KeyType.ListOf;
import dev.weft.config.KeyType.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The name of one key outside the file: {@code WEFT_LISTENERS__0__ADDRESS} or {@code listeners.0.address}.
 *
 * @param segments its parts, in any spelling
 * @param environment whether it is spelt as an environment variable
 */
record SettingName(List<String> segments, boolean environment) implements Comparable<SettingName> {
    static final String PREFIX = "WEFT_";

    static SettingName ofVariable(String variable) {
        return new SettingName(Arrays.asList(variable.substring(PREFIX.length()).split("__", -1)), true);
    }

    static SettingName ofPath(String path) {
        String dotted = path.replaceAll("\\[([0-9]+)]", ".$1");
        return new SettingName(Arrays.asList(dotted.split("\\.", -1)), false);
    }

    static boolean isIndex(String segment) {
        return segment.matches("[0-9]{1,4}");
    }

    /** The type of a key of a section, or null if there is none. A secret also has a key for the name of its file. */
    static @Nullable KeyType typeOf(Section section, String segment) {
        String wanted = ConfigKey.normalised(segment);
        for (ConfigKey key : section.keys()) {
            if (wanted.equals(ConfigKey.normalised(key.name()))) {
                return key.type();
            }
            if (key.isSecret() && wanted.equals(ConfigKey.normalised(key.fileKey()))) {
                return ScalarType.of(Path.class);
            }
        }
        return null;
    }

    /** The type of each segment, or nothing if the name stands for nothing. */
    List<KeyType> types() {
        List<KeyType> types = new ArrayList<>();
        KeyType type = ConfigSchema.ROOT;
        for (String segment : segments) {
            KeyType inner = null;
            if (type instanceof ListOf list && isIndex(segment)) {
                inner = list.element();
            } else if (type instanceof Section section) {
                inner = typeOf(section, segment);
            }
            if (inner == null) {
                return List.of();
            }
            types.add(inner);
            type = inner;
        }
        return types;
    }

    /** The canonical spelling. */
    String spelled() {
        if (!environment) {
            return String.join(".", segments);
        }
        return PREFIX + String.join("__", segments).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** A hint with the nearest name that does exist. */
    String suggestion() {
        List<String> names = new ArrayList<>();
        collect(ConfigSchema.ROOT, List.of(), names);
        return Suggestions.didYouMean(spelled(), names);
    }

    /** Outer before inner, and list elements by their index. */
    @Override
    public int compareTo(SettingName other) {
        int common = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < common; i++) {
            int order = compareSegments(segments.get(i), other.segments.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(segments.size(), other.segments.size());
    }

    private static int compareSegments(String a, String b) {
        boolean indices = isIndex(a) && isIndex(b);
        return indices ? Integer.compare(Integer.parseInt(a), Integer.parseInt(b)) : a.compareTo(b);
    }

    private void collect(KeyType type, List<String> path, List<String> names) {
        if (!path.isEmpty()) {
            names.add(new SettingName(path, environment).spelled());
        }
        if (type instanceof ListOf list) {
            collect(list.element(), plus(path, indexAt(path.size())), names);
        } else if (type instanceof Section section) {
            for (ConfigKey key : section.keys()) {
                collect(key.type(), plus(path, key.name()), names);
                if (key.isSecret()) {
                    names.add(new SettingName(plus(path, key.fileKey()), environment).spelled());
                }
            }
        }
    }

    private String indexAt(int position) {
        return position < segments.size() && isIndex(segments.get(position)) ? segments.get(position) : "0";
    }

    private static List<String> plus(List<String> path, String segment) {
        List<String> longer = new ArrayList<>(path);
        longer.add(segment);
        return longer;
    }
}
