package dev.weft.auth;

import dev.weft.transport.PeerCredentials;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client asks to join a realm: what its HELLO says of who it is.
 *
 * @param session the id that its session will have
 * @param authmethods what it offers; empty if it names none
 * @param authid who it says it is; null if it does not say
 * @param authextra never null; untrusted, as all of it
 */
public record AuthRequest(
        String realm,
        long session,
        List<String> authmethods,
        @Nullable String authid,
        Map<?, ?> authextra,
        PeerCredentials peer) {
    private static final int LONGEST_AUTHID = 256;

    public AuthRequest {
        authmethods = List.copyOf(authmethods);
    }

    /** @param details of the HELLO; what has not the type it should have counts as not given */
    public static AuthRequest of(String realm, long session, Map<String, Object> details, PeerCredentials peer) {
        List<String> methods = details.get("authmethods") instanceof List<?> named
                ? named.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
        String authid =
                details.get("authid") instanceof String text && !text.isEmpty() && text.length() <= LONGEST_AUTHID
                        ? text
                        : null;
        Map<?, ?> extra = details.get("authextra") instanceof Map<?, ?> dict ? dict : Map.of();
        return new AuthRequest(realm, session, methods, authid, extra, peer);
    }

    /** A text in {@code authextra}; null if there is none. */
    @Nullable
    String extra(String key) {
        return authextra.get(key) instanceof String text ? text : null;
    }
}
