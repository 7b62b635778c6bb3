package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code RESULT.Details}. */
public record ResultDetails(boolean progress, @Nullable Ppt ppt) {
    /** All options left out. */
    public static final ResultDetails DEFAULT = new ResultDetails(false, null);
}
