package dev.weft.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was written, before it is known to be right. */
sealed interface RawValue {

    Origin origin();

    /** What it is, for messages; of a text, the text itself. */
    default String says() {
        return kind();
    }

    /** What kind of thing it is, for messages about what may be a secret. */
    String kind();

    /**
     * One text.
     *
     * @param text as written, without quotes
     * @param quoted whether it was in quotes
     */
    record Scalar(Origin origin, String text, boolean quoted) implements RawValue {

        /** Whether nothing was written, or the word for nothing. */
        boolean isNull() {
            return !quoted
                    && origin.layer() == Origin.Layer.FILE
                    && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String says() {
            return "'" + text + "'";
        }

        @Override
        public String kind() {
            return "a text";
        }
    }

    /** A list; may be changed by overlays. */
    record Sequence(Origin origin, List<RawValue> items) implements RawValue {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys with values, by the normalised spelling of the key; may be changed by overlays. */
    record Mapping(Origin origin, Map<String, Entry> entries) implements RawValue {
        Mapping(Origin origin) {
            this(origin, new LinkedHashMap<>());
        }

        @Nullable
        Entry find(String key) {
            return entries.get(ConfigKey.normalised(key));
        }

        void put(String key, Origin at, RawValue value) {
            entries.put(ConfigKey.normalised(key), new Entry(key, at, value));
        }

        @Override
        public String kind() {
            return "a group of keys";
        }
    }

    /**
     * One line of a mapping.
     *
     * @param spelling the key as written
     * @param origin where the key was written
     */
    record Entry(String spelling, Origin origin, RawValue value) {}
}
