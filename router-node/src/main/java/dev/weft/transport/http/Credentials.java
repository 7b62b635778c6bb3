package dev.weft.transport.http;

import dev.weft.transport.BearerToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: what is in {@code Authorization}. With HTTP Basic (RFC 7617) the user is the {@code authid} and the password its
 * ticket; with Bearer (RFC 6750) there is a JSON Web Token. Without, a client is who its certificate says, or anonymous. Who
 * names one way is tried by no other.
 *
 * @param authmethods those that may decide
 * @param ticket never logged
 * @param token never logged
 */
record Credentials(
        List<String> authmethods,
        @Nullable String authid,
        @Nullable String ticket,
        @Nullable String token) {
    private static final String BASIC = "basic ";
    private static final Credentials NONE = new Credentials(List.of("tls", "anonymous"), null, null, null);
    private static final Map<String, Object> NO_FEATURES = Map.of();
    private static final Map<String, Object> ROLES =
            Map.of("publisher", NO_FEATURES, "subscriber", NO_FEATURES, "caller", NO_FEATURES);

    /**
     * Null if the headers are none that are understood.
     *
     * @param authorization each header of this name
     */
    static @Nullable Credentials of(List<String> authorization) {
        if (authorization.isEmpty()) {
            return NONE;
        }
        String header = authorization.get(0);
        if (authorization.size() > 1) {
            return null;
        }
        String token = BearerToken.of(header);
        if (token != null) {
            return token.isEmpty() ? null : new Credentials(List.of("jwt"), null, null, token);
        }
        return header.regionMatches(true, 0, BASIC, 0, BASIC.length())
                ? basic(header.substring(BASIC.length()).strip())
                : null;
    }

    private static @Nullable Credentials basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon <= 0
                    ? null
                    : new Credentials(List.of("ticket"), pair.substring(0, colon), pair.substring(colon + 1), null);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** The details of the HELLO. */
    Map<String, Object> hello() {
        return authid == null
                ? Map.of("roles", ROLES, "authmethods", authmethods)
                : Map.of("roles", ROLES, "authmethods", authmethods, "authid", authid);
    }

    /**
     * What tells whether others are the same without showing, by how long that takes, how much of a guess is right.
     *
     * @return the SHA-256 of all of it
     */
    byte[] digest() {
        StringBuilder all = new StringBuilder(authmethods.toString());
        for (String part : Arrays.asList(authid, ticket, token)) {
            all.append(part == null ? "-" : part.length() + ":" + part);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return authid == null ? authmethods.toString() : authid;
    }
}
