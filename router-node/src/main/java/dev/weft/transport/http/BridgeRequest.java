package dev.weft.transport.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that publishes or calls. What the router itself checks, as of the URI, is left to it.
 *
 * @param fault what is wrong with the body; null if nothing is
 */
record BridgeRequest(
        String realm,
        String uri,
        List<?> args,
        Map<?, ?> kwargs,
        Map<String, Object> options,
        @Nullable String fault) {
    private static final Set<String> REST = Set.of("realm", "args", "kwargs", "options");

    /** @param what the key of the URI */
    static BridgeRequest of(Map<?, ?> body, String what) {
        for (Object key : body.keySet()) {
            if (!REST.contains(key) && !what.equals(key)) {
                return wrong("there is no key " + key);
            }
        }
        if (!(body.get("realm") instanceof String realm)) {
            return wrong("realm must be a string");
        }
        if (!(body.get(what) instanceof String uri)) {
            return wrong(what + " must be a string");
        }
        if (!(or(body.get("args"), List.of()) instanceof List<?> args)) {
            return wrong("args must be a list");
        }
        if (!(or(body.get("kwargs"), Map.of()) instanceof Map<?, ?> kwargs)) {
            return wrong("kwargs must be a dict");
        }
        if (!(or(body.get("options"), Map.of()) instanceof Map<?, ?> given)) {
            return wrong("options must be a dict");
        }
        Map<String, Object> options = new LinkedHashMap<>();
        given.forEach((key, value) -> options.put(String.valueOf(key), value));
        return new BridgeRequest(realm, uri, args, kwargs, options, null);
    }

    private static Object or(@Nullable Object given, Object otherwise) {
        return given == null ? otherwise : given;
    }

    private static BridgeRequest wrong(String fault) {
        return new BridgeRequest("", "", List.of(), Map.of(), Map.of(), fault);
    }
}
