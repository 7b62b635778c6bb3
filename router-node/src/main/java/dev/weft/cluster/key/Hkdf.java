package dev.weft.cluster.key;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869): keys for one purpose each from one that is for none. */
public final class Hkdf {
    /** Octets of a hash, and the most useful length of a key. */
    public static final int HASH_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MOST_BLOCKS = 255;

    private Hkdf() {}

    /** A key without structure of material that has some. */
    public static byte[] extract(byte[] salt, byte[] material) {
        return hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt, material);
    }

    /**
     * A key for one purpose.
     *
     * @param length in octets, 1 to 8160
     */
    public static byte[] expand(byte[] key, byte[] purpose, int length) {
        int blocks = (length + HASH_BYTES - 1) / HASH_BYTES;
        if (length < 1 || blocks > MOST_BLOCKS) {
            throw new IllegalArgumentException("length " + length);
        }
        byte[] out = new byte[blocks * HASH_BYTES];
        byte[] block = {};
        for (int i = 1; i <= blocks; i++) {
            block = hmac(key, block, purpose, new byte[] {(byte) i});
            System.arraycopy(block, 0, out, (i - 1) * HASH_BYTES, HASH_BYTES);
        }
        return Arrays.copyOf(out, length);
    }

    /** HMAC-SHA256 (RFC 2104) of the parts one after the other. */
    public static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, missing);
        }
    }
}
