package dev.weft.tracing;

import dev.weft.wamp.TraceContext;
import org.jspecify.annotations.Nullable;

/** One operation of a trace that is recorded. On the thread that began it. */
public interface Span {
    /** The trace, with this span as what causes what is done in it. */
    TraceContext context();

    /** Notes a number about it. */
    void note(String attribute, long value);

    /**
     * It is over; said once.
     *
     * @param outcome in a word
     * @param error the URI of the error that it ended with; null if it went well
     */
    void end(String outcome, @Nullable String error);
}
