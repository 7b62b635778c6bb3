package dev.weft.auth.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What is stored of a password for WAMP-SCRAM (RFC 5802, RFC 7677): it checks the password and cannot be used in place of it.
 * Written as {@code $scram$kdf=pbkdf2,i=100000$salt$stored-key$server-key} or
 * {@code $scram$kdf=argon2id13,i=3,m=65536$...}, in base64.
 *
 * @param memory in KiB; 0 with PBKDF2
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: secrets are checked by what they prove
public record ScramCredential(Kdf kdf, int iterations, int memory, byte[] salt, byte[] storedKey, byte[] serverKey) {
    /** PBKDF2 with fewer iterations is broken too fast (RFC 7677, section 4). */
    public static final int LEAST_ITERATIONS = 4096;

    public static final int LEAST_MEMORY = 8 * 1024;

    private static final int MOST_ITERATIONS = 100_000_000;
    private static final int MOST_MEMORY = 4 << 20;
    private static final int LEAST_SALT = 8;
    private static final int MOST_SALT = 32;

    /** How a password becomes a key. */
    public enum Kdf {
        PBKDF2("pbkdf2"),
        ARGON2ID("argon2id13");

        private final String uri;

        Kdf(String uri) {
            this.uri = uri;
        }

        /** As in {@code CHALLENGE.Extra.kdf}. */
        public String label() {
            return uri;
        }
    }

    /** @throws IllegalArgumentException whose message says what is wrong, and nothing of what was there */
    public static ScramCredential parse(String text) {
        StoredText stored = StoredText.parse(text);
        String kdf = stored.parameters().getOrDefault("kdf", "");
        if (!stored.scheme().equals("scram")
                || Arrays.stream(Kdf.values()).noneMatch(known -> known.label().equals(kdf))) {
            throw new IllegalArgumentException("begins neither with $scram$kdf=pbkdf2 nor with $scram$kdf=argon2id13");
        }
        boolean argon2 = kdf.equals(Kdf.ARGON2ID.label());
        stored.expect(3);
        return new ScramCredential(
                argon2 ? Kdf.ARGON2ID : Kdf.PBKDF2,
                stored.number("i", argon2 ? 1 : LEAST_ITERATIONS, MOST_ITERATIONS),
                argon2 ? stored.number("m", LEAST_MEMORY, MOST_MEMORY) : 0,
                stored.octets(0, "the salt", LEAST_SALT, MOST_SALT),
                stored.octets(1, "the stored key", Crypto.DIGEST, Crypto.DIGEST),
                stored.octets(2, "the server key", Crypto.DIGEST, Crypto.DIGEST));
    }

    /**
     * Made from a password, which is normalised. Takes as long as the parameters say.
     *
     * @param memory in KiB; 0 with PBKDF2
     */
    public static ScramCredential of(String password, Kdf kdf, int iterations, int memory, byte[] salt) {
        String normalised = SaslPrep.prepare(password);
        byte[] salted = kdf == Kdf.PBKDF2
                ? Crypto.pbkdf2(normalised, salt, iterations, Crypto.DIGEST)
                : Crypto.argon2id(normalised, salt, iterations, memory, Crypto.DIGEST);
        byte[] clientKey = Crypto.hmac(salted, "Client Key");
        return new ScramCredential(
                kdf, iterations, memory, salt, Crypto.sha256(clientKey), Crypto.hmac(salted, "Server Key"));
    }

    /** As it is written in a file of principals. */
    public String text() {
        return "$scram$kdf=" + kdf.label() + ",i=" + iterations + (kdf == Kdf.ARGON2ID ? ",m=" + memory : "") + "$"
                + Crypto.base64(salt) + "$" + Crypto.base64(storedKey) + "$" + Crypto.base64(serverKey);
    }

    /** Whether a ClientProof shows knowledge of the password (RFC 5802, section 3). */
    public boolean isProvedBy(byte[] proof, String authMessage) {
        if (proof.length != Crypto.DIGEST) {
            return false;
        }
        byte[] clientKey = Crypto.xor(proof, Crypto.hmac(storedKey, authMessage));
        return MessageDigest.isEqual(Crypto.sha256(clientKey), storedKey);
    }

    /** By which the client knows the router. */
    public byte[] serverSignature(String authMessage) {
        return Crypto.hmac(serverKey, authMessage);
    }

    /** All that a client can see of it before it has proved anything. */
    public String shape() {
        return kdf + " " + iterations + " " + memory + " " + (isText() ? SaltForm.of(saltText()) : salt.length);
    }

    /** One that looks and costs the same, and that nobody has the password of. */
    public ScramCredential decoy(byte[] seed) {
        byte[] drawn = Crypto.hmac(seed, "scram salt");
        return new ScramCredential(
                kdf,
                iterations,
                memory,
                isText() ? Crypto.utf8(SaltForm.of(saltText()).drawn(drawn)) : Crypto.expand(drawn, salt.length),
                Crypto.hmac(seed, "scram stored key"),
                Crypto.hmac(seed, "scram server key"));
    }

    /** Whether the octets of the salt are ASCII, as of one that was drawn as a text. */
    private boolean isText() {
        return saltText().chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private String saltText() {
        return new String(salt, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return "***";
    }
}
