package dev.weft.auth.credential;

import java.security.MessageDigest;
import java.util.Base64;

/**
 * What is stored of a ticket: the ticket itself, or a hash of it, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash} or
 * {@code $pbkdf2-sha256$i=600000$salt$hash}, in base64 with or without padding.
 */
public sealed interface TicketCredential {
    /** Most KiB that checking one ticket may take. */
    int MOST_MEMORY = 1 << 20;

    int MOST_ITERATIONS = 10_000_000;
    int LEAST_ITERATIONS = 1000;

    /** @throws IllegalArgumentException whose message says what is wrong, and nothing of what was there */
    static TicketCredential parse(String text) {
        if (!text.startsWith("$")) {
            return new Plain(text);
        }
        StoredText stored = StoredText.parse(text).expect(2);
        byte[] salt = stored.octets(0, "the salt", 8, 64);
        byte[] hash = stored.octets(1, "the hash", 16, 64);
        if (stored.scheme().equals("argon2id")) {
            stored.number("p", 1, 1);
            return new Hashed(true, stored.number("t", 1, 100), stored.number("m", 8, MOST_MEMORY), salt, hash);
        }
        if (stored.scheme().equals("pbkdf2-sha256")) {
            return new Hashed(false, stored.number("i", LEAST_ITERATIONS, MOST_ITERATIONS), 0, salt, hash);
        }
        throw new IllegalArgumentException("begins with $ but neither with $argon2id$ nor with $pbkdf2-sha256$");
    }

    /** Takes as long for a wrong ticket as for the right one. */
    boolean isProvedBy(String ticket);

    /** Whether checking takes so long that it must not be done on an event loop. */
    boolean isCostly();

    /** As it is written in a file of principals. */
    String text();

    /** What it costs to check. */
    String shape();

    /** One that costs the same to check, and that nobody has the ticket of. */
    TicketCredential decoy(byte[] seed);

    /** The ticket itself. */
    record Plain(String ticket) implements TicketCredential {
        @Override
        public boolean isProvedBy(String given) {
            return Crypto.same(given, ticket);
        }

        @Override
        public boolean isCostly() {
            return false;
        }

        @Override
        public String text() {
            return ticket;
        }

        @Override
        public String shape() {
            return "plain";
        }

        @Override
        public TicketCredential decoy(byte[] seed) {
            return new Plain(Crypto.base64(Crypto.hmac(seed, "ticket")));
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * A hash of it.
     *
     * @param argon2 Argon2id, or PBKDF2
     * @param memory in KiB
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared: secrets are checked by what they prove
    record Hashed(boolean argon2, int iterations, int memory, byte[] salt, byte[] hash) implements TicketCredential {
        /** Made from a ticket. Takes as long as the parameters say. */
        public static Hashed of(String ticket, boolean argon2, int iterations, int memory, byte[] salt) {
            return new Hashed(argon2, iterations, memory, salt, hash(ticket, argon2, iterations, memory, salt, 32));
        }

        private static byte[] hash(String ticket, boolean argon2, int iterations, int memory, byte[] salt, int octets) {
            return argon2
                    ? Crypto.argon2id(ticket, salt, iterations, memory, octets)
                    : Crypto.pbkdf2(ticket, salt, iterations, octets);
        }

        @Override
        public boolean isProvedBy(String given) {
            return MessageDigest.isEqual(hash, hash(given, argon2, iterations, memory, salt, hash.length));
        }

        @Override
        public boolean isCostly() {
            return true;
        }

        @Override
        public String shape() {
            return argon2 + " " + iterations + " " + memory + " " + hash.length;
        }

        /** PBKDF2 takes twice as long for a hash that is longer than a digest. */
        @Override
        public TicketCredential decoy(byte[] seed) {
            byte[] nobodys = Crypto.expand(Crypto.hmac(seed, "ticket"), hash.length);
            return new Hashed(argon2, iterations, memory, salt, nobodys);
        }

        @Override
        public String text() {
            Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
            String parameters = argon2
                    ? "$argon2id$v=19$m=" + memory + ",t=" + iterations + ",p=1$"
                    : "$pbkdf2-sha256$i=" + iterations + "$";
            return parameters + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
