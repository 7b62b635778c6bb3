package dev.weft.transport.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: what is in {@code Authorization}. With HTTP Basic (RFC 7617) the user is the {@code authid} and the password its
 * ticket; without, the client is anonymous.
 *
 * @param ticket never logged
 */
record Credentials(@Nullable String authid, @Nullable String ticket) {
    private static final String BASIC = "basic ";
    private static final Map<String, Object> NO_FEATURES = Map.of();
    private static final Map<String, Object> ROLES =
            Map.of("publisher", NO_FEATURES, "subscriber", NO_FEATURES, "caller", NO_FEATURES);

    /** Null if the header is none that is understood. */
    static @Nullable Credentials of(@Nullable String authorization) {
        if (authorization == null) {
            return new Credentials(null, null);
        }
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon <= 0 ? null : new Credentials(pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** The details of the HELLO. */
    Map<String, Object> hello() {
        return authid == null
                ? Map.of("roles", ROLES, "authmethods", java.util.List.of("anonymous"))
                : Map.of("roles", ROLES, "authmethods", java.util.List.of("ticket"), "authid", authid);
    }

    @Override
    public String toString() {
        return authid == null ? "anonymous" : authid;
    }
}
