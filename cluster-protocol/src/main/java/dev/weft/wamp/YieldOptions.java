package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code YIELD.Options}. */
public record YieldOptions(boolean progress, @Nullable Ppt ppt) {
    /** All options left out. */
    public static final YieldOptions DEFAULT = new YieldOptions(false, null);
}
