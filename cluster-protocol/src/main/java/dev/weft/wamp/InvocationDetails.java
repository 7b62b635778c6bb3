package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code INVOCATION.Details}. {@code procedure} is there for pattern-based registrations; {@code timeout} in milliseconds, 0 when absent; {@code trustlevel} is negative when absent. */
public record InvocationDetails(
        @Nullable Identity caller,
        @Nullable String procedure,
        boolean receiveProgress,
        boolean progress,
        long timeout,
        int trustlevel,
        @Nullable Ppt ppt) {
    /** All options left out. */
    public static final InvocationDetails DEFAULT = new InvocationDetails(null, null, false, false, 0, -1, null);
}
