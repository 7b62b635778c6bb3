package dev.weft.tls;

/** Files of certificates or keys that cannot be used. The message says which file and why, without anything secret. */
public final class TlsProblem extends Exception {
    private static final long serialVersionUID = 1L;

    TlsProblem(String message) {
        super(message);
    }

    TlsProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
