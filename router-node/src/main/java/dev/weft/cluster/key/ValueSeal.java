package dev.weft.cluster.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Values that carry payload or secrets, as they are kept in the cluster's tables: encrypted and authenticated with
 * AES-256-GCM. A sealed value is a version octet (1), the id of the key (4), a random number (24) and the ciphertext with
 * its tag (16 more than the value). Each value has an AES key of its own, derived from the cluster's key and the first half
 * of the random number; the other half is the nonce: so no number of values makes a nonce come twice under one key.
 *
 * <p>A value is sealed for one place, such as the name of its table and its key there, and can be opened there only: who can
 * write to the tables cannot move values about. Thread-safe.
 */
public final class ValueSeal {
    /** How many octets longer than the value its sealed form is. */
    public static final int OVERHEAD = 45;

    private static final String PURPOSE = "values";
    private static final byte VERSION = 1;
    private static final int KEY_PART = 12;
    private static final int NONCE = 12;
    private static final int HEAD = 1 + Integer.BYTES + KEY_PART + NONCE;
    private static final int TAG_BITS = 128;

    private final ClusterKeys keys;
    private final SecureRandom random = new SecureRandom();

    public ValueSeal(ClusterKeys keys) {
        this.keys = keys;
    }

    /** @param place where the value will be kept */
    public byte[] seal(byte[] value, String place) {
        byte[] head = new byte[HEAD];
        random.nextBytes(head);
        ByteBuffer.wrap(head).put(VERSION).putInt(keys.current().id());
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, keys.current(), head, place).doFinal(value);
            byte[] whole = Arrays.copyOf(head, HEAD + sealed.length);
            System.arraycopy(sealed, 0, whole, HEAD, sealed.length);
            return whole;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has AES-GCM", missing);
        }
    }

    /**
     * The value, or null if it is none that a node of the cluster has sealed for this place: it was changed or moved, or is
     * of a key that this node does not know.
     */
    public byte @Nullable [] open(byte[] sealed, String place) {
        if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
            return null;
        }
        ClusterKey key = keys.find(ByteBuffer.wrap(sealed).getInt(1));
        if (key == null) {
            return null;
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, HEAD), place)
                    .doFinal(sealed, HEAD, sealed.length - HEAD);
        } catch (AEADBadTagException forged) {
            return null;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has AES-GCM", missing);
        }
    }

    private static Cipher cipher(int mode, ClusterKey key, byte[] head, String place) throws GeneralSecurityException {
        byte[] own = Hkdf.hmac(key.derive(PURPOSE), Arrays.copyOfRange(head, 1 + Integer.BYTES, HEAD - NONCE));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(own, "AES"), new GCMParameterSpec(TAG_BITS, head, HEAD - NONCE, NONCE));
        cipher.updateAAD(head);
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
