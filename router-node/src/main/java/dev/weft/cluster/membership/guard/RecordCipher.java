package dev.weft.cluster.membership.guard;

import dev.weft.cluster.key.Hkdf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One direction of a connection: records of AES-256-GCM, numbered on both sides, so that none can be left out, repeated or
 * put elsewhere. The number is the nonce. After {@value #RECORDS_PER_KEY} records both sides go over to the next key,
 * derived from the present one. Confined to one thread at a time.
 */
final class RecordCipher {
    static final int TAG_BYTES = 16;

    /** Far below what AES-GCM allows with records of 16 KiB (RFC 8446 section 5.5). */
    static final long RECORDS_PER_KEY = 1L << 22;

    private static final byte[] NEXT = "next".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final int mode;
    private final Cipher cipher;
    private byte[] key;
    private long records;

    private RecordCipher(int mode, byte[] key) {
        this.mode = mode;
        this.key = key;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has AES-GCM", missing);
        }
    }

    static RecordCipher sealing(byte[] key) {
        return new RecordCipher(Cipher.ENCRYPT_MODE, key);
    }

    static RecordCipher opening(byte[] key) {
        return new RecordCipher(Cipher.DECRYPT_MODE, key);
    }

    /**
     * The next record.
     *
     * @param length of the sealed record, which is authenticated with it
     * @throws GeneralSecurityException if it is opened and is not what the other side has sealed
     */
    void next(int length, ByteBuffer from, ByteBuffer to) throws GeneralSecurityException {
        if (records == RECORDS_PER_KEY) {
            key = Hkdf.expand(key, NEXT, Hkdf.HASH_BYTES);
            records = 0;
        }
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer.wrap(nonce).putLong(NONCE_BYTES - Long.BYTES, records++);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(new byte[] {(byte) (length >>> 8), (byte) length});
        cipher.doFinal(from, to);
    }
}
