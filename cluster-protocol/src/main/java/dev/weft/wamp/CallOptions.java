package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code CALL.Options}; {@code timeout} in milliseconds, 0 for none. */
public record CallOptions(
        boolean receiveProgress,
        boolean progress,
        long timeout,
        boolean discloseMe,
        @Nullable Ppt ppt,
        @Nullable TraceContext trace) {
    /** All options left out. */
    public static final CallOptions DEFAULT = new CallOptions(false, false, 0, false, null);

    /** Of a call that is part of no trace. */
    public CallOptions(boolean receiveProgress, boolean progress, long timeout, boolean discloseMe, @Nullable Ppt ppt) {
        this(receiveProgress, progress, timeout, discloseMe, ppt, null);
    }
}
