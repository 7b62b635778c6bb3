package dev.weft.transport.http;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Names a long-poll transport, and proves that who names it has opened it: nobody guesses the 128 random bits. The rest
 * says where the transport is, so that any node can pass a request on; changing it leads to where the secret is unknown.
 *
 * @param epoch of the run of the node that has the transport
 * @param loop the event loop of the transport
 */
record TransportId(long epoch, int loop, long secretHigh, long secretLow) {
    private static final int OCTETS = 3 * Long.BYTES + 1;
    private static final int CHARACTERS = (OCTETS * 4 + 2) / 3;

    static TransportId random(long epoch, int loop, SecureRandom random) {
        return new TransportId(epoch, loop, random.nextLong(), random.nextLong());
    }

    /** Null if the text is no such name. */
    static @Nullable TransportId parse(String text) {
        if (text.length() != CHARACTERS) {
            return null;
        }
        try {
            ByteBuffer octets = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            TransportId id = new TransportId(
                    octets.getLong(), Byte.toUnsignedInt(octets.get()), octets.getLong(), octets.getLong());
            // Bits that nothing is read from may differ: it has one spelling all the same.
            return id.text().equals(text) ? id : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** As it stands in a path. */
    String text() {
        byte[] octets = ByteBuffer.allocate(OCTETS)
                .putLong(epoch)
                .put((byte) loop)
                .putLong(secretHigh)
                .putLong(secretLow)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "TransportId[" + Long.toHexString(epoch) + ", loop " + loop + "]";
    }
}
