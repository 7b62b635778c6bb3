package dev.weft.tls;

/** Whether the side that accepts a connection asks the other for a certificate. */
public enum ClientAuth {
    /** It does not ask. */
    NONE,
    /** It asks; a peer may show none, but none that is not trusted. */
    REQUEST,
    /** A peer without a trusted certificate is refused in the TLS handshake. */
    REQUIRE
}
