package dev.weft.node.cli;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.ScramCredential.Kdf;
import dev.weft.auth.credential.TicketCredential;
import java.security.SecureRandom;
import java.util.Base64;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** For which method a password is, and how much work it is to try one. */
final class PasswordOptions {
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;

    /** What OWASP's Password Storage Cheat Sheet asks for at least. */
    private static final int ARGON2_ITERATIONS = 2;

    private static final int ARGON2_MEMORY_KIB = 19 * 1024;
    private static final int PBKDF2_ITERATIONS = 600_000;

    /** What clients have to compute at each login. */
    private static final int CLIENT_PBKDF2_ITERATIONS = 100_000;

    /** Methods with a password, as they are spelled in a file of principals. */
    enum Method {
        ticket,
        wampcra,
        scram
    }

    /** How a password becomes a key. */
    enum Derivation {
        argon2id,
        pbkdf2
    }

    @Option(
            names = "--for",
            paramLabel = "METHOD",
            defaultValue = "scram",
            description = "ticket, wampcra or scram (default: scram).")
    private Method method = Method.scram;

    @Option(
            names = "--kdf",
            paramLabel = "KDF",
            description = "argon2id or pbkdf2 (default: argon2id; wampcra has pbkdf2 only).")
    private Derivation kdf = Derivation.argon2id;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "How often (default: 2 with argon2id; with pbkdf2" + " 600000 for ticket, else 100000).")
    private int iterations;

    @Option(names = "--memory", paramLabel = "KIB", description = "With argon2id (default: 19456).")
    private int memory = ARGON2_MEMORY_KIB;

    Method method() {
        return method;
    }

    /**
     * As it is written in a file of principals.
     *
     * @throws TypeConversionException if the options do not fit
     * @throws IllegalArgumentException if the password has characters that are not allowed
     */
    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        boolean argon2 = kdf == Derivation.argon2id && method != Method.wampcra;
        int count = iterations > 0 ? iterations : usual(argon2);
        String text = switch (method) {
            case ticket ->
                TicketCredential.Hashed.of(password, argon2, count, argon2 ? memory : 0, salt)
                        .text();
            case wampcra ->
                CraCredential.of(password, Base64.getEncoder().encodeToString(salt), count, KEY_BYTES)
                        .text();
            case scram ->
                ScramCredential.of(password, argon2 ? Kdf.ARGON2ID : Kdf.PBKDF2, count, argon2 ? memory : 0, salt)
                        .text();
        };
        check(text);
        return text;
    }

    private int usual(boolean argon2) {
        if (argon2) {
            return ARGON2_ITERATIONS;
        }
        return method == Method.ticket ? PBKDF2_ITERATIONS : CLIENT_PBKDF2_ITERATIONS;
    }

    /** What the router would not accept is not printed. */
    private void check(String text) {
        try {
            switch (method) {
                case ticket -> TicketCredential.parse(text);
                case wampcra -> CraCredential.parse(text);
                case scram -> ScramCredential.parse(text);
            }
        } catch (IllegalArgumentException refused) {
            throw new TypeConversionException("the router would not accept that: " + refused.getMessage());
        }
    }
}
