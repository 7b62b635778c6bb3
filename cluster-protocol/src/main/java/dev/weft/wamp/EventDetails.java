package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code EVENT.Details}. {@code topic} is there for pattern-based subscriptions; {@code trustlevel} is negative when absent. */
public record EventDetails(
        @Nullable Identity publisher,
        @Nullable String topic,
        boolean retained,
        int trustlevel,
        @Nullable Ppt ppt) {
    /** All options left out. */
    public static final EventDetails DEFAULT = new EventDetails(null, null, false, -1, null);
}
