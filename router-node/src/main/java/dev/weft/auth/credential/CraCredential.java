package dev.weft.auth.credential;

import java.security.MessageDigest;

/**
 * What is stored of a secret for WAMP-CRA. The key is as good as the secret to whoever has it. Written as the secret itself,
 * or as {@code $wampcra$i=100000,l=32$salt$key}: the salt a text without {@code $}, the key in base64.
 *
 * @param key what challenges are signed with, as text: of a salted secret the derived key in base64, as clients do
 * @param salt empty if the secret is not salted
 * @param length of the derived key in octets
 */
public record CraCredential(String key, String salt, int iterations, int length) {
    public static final int LEAST_ITERATIONS = 1000;

    private static final int MOST_ITERATIONS = 100_000_000;
    private static final int LEAST_LENGTH = 16;
    private static final int MOST_LENGTH = 64;

    /** @throws IllegalArgumentException whose message says what is wrong, and nothing of what was there */
    public static CraCredential parse(String text) {
        if (!text.startsWith("$")) {
            return new CraCredential(text, "", 0, 0);
        }
        StoredText stored = StoredText.parse(text);
        if (!stored.scheme().equals("wampcra")) {
            throw new IllegalArgumentException("begins with $ but not with $wampcra$");
        }
        stored.expect(2);
        int length = stored.number("l", LEAST_LENGTH, MOST_LENGTH);
        if (stored.parts().get(0).isEmpty()) {
            throw new IllegalArgumentException("the salt is empty");
        }
        byte[] key = stored.octets(1, "the key", length, length);
        return new CraCredential(
                Crypto.base64(key),
                stored.parts().get(0),
                stored.number("i", LEAST_ITERATIONS, MOST_ITERATIONS),
                length);
    }

    /** Made from a secret. Takes as long as the number of iterations says. */
    public static CraCredential of(String secret, String salt, int iterations, int length) {
        byte[] key = Crypto.pbkdf2(secret, Crypto.utf8(salt), iterations, length);
        return new CraCredential(Crypto.base64(key), salt, iterations, length);
    }

    public boolean isSalted() {
        return !salt.isEmpty();
    }

    /** All that a client can see of it before it has proved anything. */
    public String shape() {
        return isSalted() ? iterations + " " + length + " " + SaltForm.of(salt) : "";
    }

    /** As it is written in a file of principals. */
    public String text() {
        return isSalted() ? "$wampcra$i=" + iterations + ",l=" + length + "$" + salt + "$" + key : key;
    }

    /** Whether the signature is that of the challenge. */
    public boolean isProvedBy(String signature, String challenge) {
        byte[] expected = Crypto.utf8(Crypto.base64(Crypto.hmac(Crypto.utf8(key), challenge)));
        return MessageDigest.isEqual(expected, Crypto.utf8(signature));
    }

    /** One that looks and costs the same, and that nobody has the secret of. */
    public CraCredential decoy(byte[] seed) {
        String fake = isSalted() ? SaltForm.of(salt).drawn(seed) : "";
        byte[] nobodys = Crypto.expand(Crypto.hmac(seed, "wampcra key"), isSalted() ? length : Crypto.DIGEST);
        return new CraCredential(Crypto.base64(nobodys), fake, iterations, length);
    }

    @Override
    public String toString() {
        return "***";
    }
}
