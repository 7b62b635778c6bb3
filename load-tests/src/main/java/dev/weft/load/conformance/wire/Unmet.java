package dev.weft.load.conformance.wire;

import org.jspecify.annotations.Nullable;

/** The router did not do what the specification asks; the message says what was wanted and what came. */
public final class Unmet extends Exception {
    private static final long serialVersionUID = 1;

    public Unmet(String message) {
        super(message);
    }

    public Unmet(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
