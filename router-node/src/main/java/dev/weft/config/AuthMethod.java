package dev.weft.config;

/** How a client may show who it is. */
public enum AuthMethod {
    /** It need not: anyone who can connect may join. */
    ANONYMOUS
}
