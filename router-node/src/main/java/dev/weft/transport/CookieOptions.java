package dev.weft.transport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cookie by which a listener knows browsers again: 256 random bits that mean nothing by themselves.
 *
 * @param name by which the browser sends it
 * @param attributes what the browser is told with it: {@code Path=/; HttpOnly} and so on
 * @param maxAge how long it is good for
 * @param maxIdle how long it may not be used meanwhile
 * @param lookup for whom it stands
 */
public record CookieOptions(String name, String attributes, Duration maxAge, Duration maxIdle, CookieLookup lookup) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int OCTETS = 32;
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** A value that nobody has. */
    static String draw() {
        byte[] value = new byte[OCTETS];
        RANDOM.nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    /** By what a cookie is known to the router: its value cannot be found out from that. */
    public static String digest(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /**
     * The value that a browser has sent (RFC 6265, section 5.4); null if it has none that could be ours. Of two with this
     * name nobody knows which one is: somebody else, in another place of the same host, may have set it.
     */
    @Nullable
    String sent(HttpRequest request) {
        String header = request.single("cookie");
        if (header == null) {
            return null;
        }
        String found = null;
        for (String pair : header.split(";", -1)) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                if (found != null) {
                    return null;
                }
                found = parts[1];
            }
        }
        return found != null && VALUE.matcher(found).matches() ? found : null;
    }

    /** The header that gives the browser this value, with its line end. */
    String header(String value) {
        return "Set-Cookie: " + name + "=" + value + "; Max-Age=" + maxAge.toSeconds() + "; " + attributes + "\r\n";
    }
}
