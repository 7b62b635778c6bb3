package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code ERROR.Details}; {@code message} says in words what was wrong with the request, for people. */
public record ErrorDetails(
        @Nullable String message, @Nullable Ppt ppt) {
    /** All options left out. */
    public static final ErrorDetails DEFAULT = new ErrorDetails(null, null);
}
