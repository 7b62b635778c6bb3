package dev.weft.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secret that the nodes of a cluster share, and what a node says to prove that it knows it: the HMAC-SHA256 (RFC 2104)
 * of its part in the connection and of both hello frames. Both nonces are in there, so a proof is good for one
 * connection; the part is in there, so it cannot be sent back to who made it. Thread-safe.
 */
public final class LinkSecret {
    public static final int MAC_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    /** Which side of the connection a node is. */
    public enum Part {
        CONNECTOR("weft-link connector"),
        ACCEPTOR("weft-link acceptor");

        private final byte[] label;

        Part(String label) {
            this.label = label.getBytes(StandardCharsets.US_ASCII);
        }

        public Part other() {
            return this == CONNECTOR ? ACCEPTOR : CONNECTOR;
        }
    }

    private final SecretKeySpec key;
    private final boolean empty;
    private final List<LinkSecret> previous;

    /** A secret of these bytes, of which a copy is kept; an empty one proves nothing. */
    public LinkSecret(byte[] secret) {
        this(secret, List.of());
    }

    /** The same, while others may still prove one of {@code previous}. */
    public LinkSecret(byte[] secret, List<LinkSecret> previous) {
        this.previous = List.copyOf(previous);
        // An HMAC key is padded with zeros, so that a single zero is the same key as none, which the JDK refuses.
        empty = secret.length == 0;
        key = new SecretKeySpec(empty ? new byte[1] : secret, ALGORITHM);
    }

    public boolean isEmpty() {
        return empty;
    }

    /**
     * What {@code part} has to say.
     *
     * @param connectorHello the frame as sent, from its type octet to its end
     * @param acceptorHello likewise
     */
    public byte[] proof(Part part, byte[] connectorHello, byte[] acceptorHello) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            update(mac, part.label);
            update(mac, connectorHello);
            update(mac, acceptorHello);
            return mac.doFinal();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, missing);
        }
    }

    /**
     * The secret, this or a previous one, of which {@code mac} is the proof of {@code part}, or null if there is none. Takes
     * the same time wherever they differ.
     */
    public @Nullable LinkSecret provedBy(byte[] mac, Part part, byte[] connectorHello, byte[] acceptorHello) {
        if (MessageDigest.isEqual(mac, proof(part, connectorHello, acceptorHello))) {
            return this;
        }
        for (LinkSecret other : previous) {
            if (MessageDigest.isEqual(mac, other.proof(part, connectorHello, acceptorHello))) {
                return other;
            }
        }
        return null;
    }

    private static void update(Mac mac, byte[] bytes) {
        mac.update((byte) (bytes.length >>> 24));
        mac.update((byte) (bytes.length >>> 16));
        mac.update((byte) (bytes.length >>> 8));
        mac.update((byte) bytes.length);
        mac.update(bytes);
    }

    @Override
    public String toString() {
        return empty ? "LinkSecret[empty]" : "LinkSecret[...]";
    }
}
