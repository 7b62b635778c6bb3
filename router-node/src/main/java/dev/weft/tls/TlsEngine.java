package dev.weft.tls;

/** What speaks TLS. */
public enum TlsEngine {
    /** The JDK. */
    JDK,
    /** BoringSSL, the fork of OpenSSL, in a native library of Netty's. */
    OPENSSL
}
