package dev.weft.load.conformance.feature;

import dev.weft.load.conformance.wire.Unmet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What has to hold. */
final class Expect {
    private Expect() {}

    static void that(boolean holds, String wanted, @Nullable Object found) throws Unmet {
        if (!holds) {
            throw new Unmet("wanted " + wanted + ", found " + found);
        }
    }

    static void same(@Nullable Object wanted, @Nullable Object found, String what) throws Unmet {
        if (!Objects.deepEquals(wanted, found)) {
            throw new Unmet("wanted " + what + " " + shown(wanted) + ", found " + shown(found));
        }
    }

    /** For people: octets in hexadecimal, what cannot be seen in quotes. */
    private static String shown(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof String text) {
            return '"' + text.replace("\0", "\\0") + '"';
        }
        return String.valueOf(value);
    }

    /** The only value of a list. */
    static Object only(List<Object> values) throws Unmet {
        that(values.size() == 1, "one value", values);
        return values.get(0);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> dict(@Nullable Object value) throws Unmet {
        that(value instanceof Map, "a dict", value);
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    static List<?> list(@Nullable Object value) throws Unmet {
        that(value instanceof List, "a list", value);
        return (List<?>) Objects.requireNonNull(value);
    }
}
