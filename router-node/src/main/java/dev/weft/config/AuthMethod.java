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
    JWT,
    /** It is a browser whose user has logged in before. */
    COOKIE;

    /** As in {@code HELLO.Details.authmethods}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether what proves it is looked up by the name of a principal. */
    public boolean provesPrincipal() {
        return this == TICKET || this == WAMPCRA || this == WAMP_SCRAM || this == CRYPTOSIGN;
    }

    /** Whether a client that names no method may be let in by it, without a CHALLENGE. */
    public boolean needsNoChallenge() {
        return this == ANONYMOUS || this == TLS || this == JWT;
    }
}
