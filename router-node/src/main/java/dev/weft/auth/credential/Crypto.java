package dev.weft.auth.credential;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** The functions that the credentials are made of. All are pure; those that derive keys take long on purpose. */
public final class Crypto {
    /** Octets of a SHA-256 digest. */
    public static final int DIGEST = 32;

    private static final String HMAC = "HmacSHA256";

    private Crypto() {}

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** HMAC with SHA-256 (RFC 2104). */
    public static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    public static byte[] hmac(byte[] key, String message) {
        return hmac(key, utf8(message));
    }

    /** As many octets as are wanted, drawn from a key. */
    static byte[] expand(byte[] key, int octets) {
        byte[] all = new byte[octets];
        for (int done = 0; done < octets; done += DIGEST) {
            byte[] block = hmac(key, Integer.toString(done));
            System.arraycopy(block, 0, all, done, Math.min(DIGEST, octets - done));
        }
        return all;
    }

    /** PBKDF2 with HMAC-SHA256 (RFC 8018), the password in UTF-8. */
    public static byte[] pbkdf2(String password, byte[] salt, int iterations, int octets) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, octets * Byte.SIZE);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /**
     * Argon2id, version 1.3, in one lane (RFC 9106), the password in UTF-8.
     *
     * @param memory in KiB
     */
    public static byte[] argon2id(String password, byte[] salt, int iterations, int memory, int octets) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(iterations)
                .withMemoryAsKB(memory)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] key = new byte[octets];
        generator.generateBytes(utf8(password), key);
        return key;
    }

    /** Whether two secrets are the same; how long it takes tells nothing of either, not even of their lengths. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(sha256(utf8(one)), sha256(utf8(other)));
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Decodes base64 in its one canonical form (RFC 4648, section 3.5).
     *
     * @throws IllegalArgumentException for every other text
     */
    public static byte[] fromBase64(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!base64(bytes).equals(text)) {
            throw new IllegalArgumentException("not in canonical form");
        }
        return bytes;
    }

    static byte[] xor(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length);
        for (int i = 0; i < both.length; i++) {
            both[i] ^= other[i];
        }
        return both;
    }
}
