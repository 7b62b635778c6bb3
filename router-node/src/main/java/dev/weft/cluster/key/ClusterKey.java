package dev.weft.cluster.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A secret that the nodes of a cluster share. It is never used itself: each use has a key of its own, derived from it and
 * from the cluster's name. Never changes.
 */
public final class ClusterKey {
    private static final byte[] SALT = "weft cluster key 1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] root;
    private final int id;

    /**
     * @param secret at least 16 characters; 32 random bytes, however written, are best
     * @param cluster name of the cluster
     */
    public ClusterKey(String secret, String cluster) {
        byte[] all = Hkdf.extract(SALT, secret.getBytes(StandardCharsets.UTF_8));
        root = Hkdf.expand(all, cluster.getBytes(StandardCharsets.UTF_8), Hkdf.HASH_BYTES);
        id = ByteBuffer.wrap(derive("id")).getInt();
    }

    /** By which nodes tell each other which key they mean. Says nothing of the key. */
    public int id() {
        return id;
    }

    /** The key for one purpose, 32 octets. */
    public byte[] derive(String purpose) {
        return Hkdf.expand(root, purpose.getBytes(StandardCharsets.US_ASCII), Hkdf.HASH_BYTES);
    }

    @Override
    public String toString() {
        return "ClusterKey[" + Integer.toHexString(id) + "]";
    }
}
