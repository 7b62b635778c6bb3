package dev.weft.auth;

import dev.weft.auth.credential.CraCredential;
import dev.weft.auth.credential.Crypto;
import dev.weft.auth.credential.ScramCredential;
import dev.weft.auth.credential.TicketCredential;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may join a realm, and what proves it.
 *
 * @param provider {@code authprovider}: where it is known from
 * @param real false for one that is made up because nobody has the name: it is treated like any other and proves nothing
 * @param publicKeys of cryptosign, in lower-case hexadecimal
 * @param certificates names in certificates, as {@link CertificateNames} writes them
 */
public record Principal(
        String authid,
        String role,
        String provider,
        boolean real,
        @Nullable TicketCredential ticket,
        @Nullable CraCredential wampcra,
        @Nullable ScramCredential scram,
        Set<String> publicKeys,
        Set<String> certificates) {
    /** Of principals that are written in a file. */
    public static final String STATIC = "static";

    public Principal {
        publicKeys = Set.copyOf(publicKeys);
        certificates = Set.copyOf(certificates);
    }

    /** All that a client can see of a principal, or measure, before it has proved anything. */
    String shape() {
        StringBuilder shape = new StringBuilder(role).append('|').append(provider);
        if (ticket != null) {
            shape.append("|ticket ").append(ticket.shape());
        }
        if (wampcra != null) {
            shape.append("|wampcra ").append(wampcra.shape());
        }
        if (scram != null) {
            shape.append("|scram ").append(scram.shape());
        }
        return publicKeys.isEmpty() ? shape.toString() : shape.append("|key").toString();
    }

    /** As an authenticator would tell of it. */
    Map<String, Object> told() {
        Map<String, Object> told = new HashMap<>();
        told.put("role", role);
        if (wampcra != null) {
            told.put("wampcra", wampcra.text());
        }
        if (scram != null) {
            told.put("scram", scram.text());
        }
        told.put("public-keys", List.copyOf(publicKeys));
        return told;
    }

    /** Changes with whatever it is or proves it by. */
    String digest() {
        StringBuilder all = new StringBuilder();
        part(all, role);
        part(all, provider);
        part(all, ticket == null ? "" : ticket.text());
        part(all, wampcra == null ? "" : wampcra.text());
        part(all, scram == null ? "" : scram.text());
        publicKeys.stream().sorted().forEach(key -> part(all, key));
        return Crypto.base64(Crypto.sha256(Crypto.utf8(all.toString())));
    }

    private static void part(StringBuilder all, String text) {
        all.append(text.length()).append(':').append(text);
    }

    /**
     * One of the same shape that does not exist.
     *
     * @param seed from which its salts are made: the same for the same name, and known to nobody outside
     */
    Principal decoy(String name, byte[] seed) {
        return new Principal(
                name,
                role,
                provider,
                false,
                ticket == null ? null : ticket.decoy(seed),
                wampcra == null ? null : wampcra.decoy(seed),
                scram == null ? null : scram.decoy(seed),
                publicKeys.isEmpty() ? Set.of() : Set.of(HexFormat.of().formatHex(Crypto.hmac(seed, "public key"))),
                Set.of());
    }
}
