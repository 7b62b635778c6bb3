package dev.weft.meta;

import dev.weft.wamp.WampId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The publication ids of events that each node derives for itself: a hash of what happened, within [1, 2^53], so that
 * they are the same on all nodes.
 */
final class PublicationIds {
    private static final int UNUSED_BITS = 11;

    private PublicationIds() {}

    static long of(String topic, String realm, long... about) {
        MessageDigest sha256 = sha256();
        for (String text : new String[] {topic, realm}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            sha256.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            sha256.update(bytes);
        }
        for (long number : about) {
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        }
        return (ByteBuffer.wrap(sha256.digest()).getLong() >>> UNUSED_BITS) + WampId.MIN;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
