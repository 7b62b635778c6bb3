package dev.weft.admin;

import dev.weft.tls.ClientAuth;
import dev.weft.tls.WatchedTls;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask.
 *
 * @param token what a request has to show as a bearer token (RFC 6750), but for health checks; null for none
 * @param tls with what the port speaks TLS; null for none
 */
public record AdminAccess(@Nullable String token, @Nullable WatchedTls tls) {
    /** Those who ask whether a node lives can often show nothing, and learn little. */
    private static final Set<String> FOR_ALL = Set.of("/livez", "/readyz", "/healthz", "/startupz");

    private static final String BEARER = "Bearer ";

    /** Whoever reaches the port. */
    public static final AdminAccess OPEN = new AdminAccess(null, null);

    /** Whether whoever reaches the port may ask. */
    boolean isOpen() {
        return token == null && !isCertified();
    }

    private boolean isCertified() {
        return tls != null && tls.material().settings().clientAuth() == ClientAuth.REQUIRE;
    }

    boolean mayAsk(HttpServerRequest request) {
        if (token == null || FOR_ALL.contains(request.path())) {
            return true;
        }
        String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        return shown != null && isSame(shown, BEARER + token);
    }

    /** Takes the same time wherever they differ, and whatever their lengths are. */
    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(digest(one), digest(other));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    @Override
    public String toString() {
        return isOpen() ? "AdminAccess[open]" : "AdminAccess[...]";
    }
}
