package dev.weft.config;

import java.util.Locale;

/** How a client may show who it is. */
public enum AuthMethod {
    /** It need not: anyone who can connect may join. */
    ANONYMOUS,
    /** It knows a ticket, which it sends. */
    TICKET,
    /** It knows a secret and signs a challenge with it. */
    WAMPCRA,
    /** It knows a password; the router knows only what checks it. */
    WAMP_SCRAM,
    /** It has the private key of a public key that is known. */
    CRYPTOSIGN,
    /** It has shown a certificate in the TLS handshake. */
    TLS,
    /** It has a JSON Web Token that an issuer has signed. */
    JWT;

    /** As in {@code HELLO.Details.authmethods}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the client may be let in without a CHALLENGE. */
    public boolean needsNoChallenge() {
        return this == ANONYMOUS || this == TLS || this == JWT;
    }
}
