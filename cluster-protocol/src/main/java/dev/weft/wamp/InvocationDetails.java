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
        @Nullable Ppt ppt,
        @Nullable TraceContext trace) {
    /** All options left out. */
    public static final InvocationDetails DEFAULT = new InvocationDetails(null, null, false, false, 0, -1, null);

    /** Of a call that is part of no trace. */
    public InvocationDetails(
            @Nullable Identity caller,
            @Nullable String procedure,
            boolean receiveProgress,
            boolean progress,
            long timeout,
            int trustlevel,
            @Nullable Ppt ppt) {
        this(caller, procedure, receiveProgress, progress, timeout, trustlevel, ppt, null);
    }

    /** The same, as part of a trace. */
    public InvocationDetails in(TraceContext other) {
        return new InvocationDetails(caller, procedure, receiveProgress, progress, timeout, trustlevel, ppt, other);
    }
}
