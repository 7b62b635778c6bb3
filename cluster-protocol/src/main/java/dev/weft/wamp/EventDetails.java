package dev.weft.wamp;

import org.jspecify.annotations.Nullable;

/** {@code EVENT.Details}. {@code topic} is there for pattern-based subscriptions; {@code trustlevel} is negative when absent. */
public record EventDetails(
        @Nullable Identity publisher,
        @Nullable String topic,
        boolean retained,
        int trustlevel,
        @Nullable Ppt ppt,
        @Nullable TraceContext trace) {
    /** All options left out. */
    public static final EventDetails DEFAULT = new EventDetails(null, null, false, -1, null);

    /** Of an event that is part of no trace. */
    public EventDetails(
            @Nullable Identity publisher, @Nullable String topic, boolean retained, int trustlevel, @Nullable Ppt ppt) {
        this(publisher, topic, retained, trustlevel, ppt, null);
    }

    /** The same, as part of a trace, or of none. */
    public EventDetails in(@Nullable TraceContext other) {
        return new EventDetails(publisher, topic, retained, trustlevel, ppt, other);
    }
}
