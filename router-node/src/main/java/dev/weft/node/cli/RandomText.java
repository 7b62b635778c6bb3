package dev.weft.node.cli;

import java.security.SecureRandom;
import java.util.Base64;

/** Random bytes as text: base64 in the alphabet for URLs, without padding (RFC 4648 section 5). */
final class RandomText {
    private RandomText() {}

    static String of(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
