package dev.weft.realm;

import dev.weft.dealer.RouterCalls;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an authorizer said to a request: a boolean, or a dictionary with {@code allow}, {@code disclose} and {@code cache}.
 *
 * @param disclose whether who it is is told to those that get the call or the event
 * @param cache whether the same may be answered to the same session without asking again
 */
record Ruling(boolean allow, boolean disclose, boolean cache) {
    /** Null if it said nothing that can be understood. */
    static @Nullable Ruling of(RouterCalls.Returned returned) {
        Object value = returned.args().isEmpty() ? null : returned.args().get(0);
        if (value instanceof Boolean allow) {
            return new Ruling(allow, false, false);
        }
        return value instanceof Map<?, ?> dict ? of(dict) : null;
    }

    private static @Nullable Ruling of(Map<?, ?> dict) {
        if (!(dict.get("allow") instanceof Boolean allow)) {
            return null;
        }
        Object disclose = dict.get("disclose");
        Object cache = dict.get("cache");
        boolean sound =
                (disclose == null || disclose instanceof Boolean) && (cache == null || cache instanceof Boolean);
        return sound ? new Ruling(allow, Boolean.TRUE.equals(disclose), Boolean.TRUE.equals(cache)) : null;
    }
}
