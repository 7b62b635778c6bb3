package dev.weft.tracing;

import dev.weft.wamp.TraceContext;
import org.jspecify.annotations.Nullable;

/** Decides which operations are recorded, and begins their spans. Any thread; never blocks. */
public interface Tracing extends AutoCloseable {
    /** Records nothing. */
    Tracing OFF = new NoTracing();

    /**
     * Begins a span, if the operation is to be recorded: because the trace that it is a part of is, or because it begins one
     * and is drawn.
     *
     * @param uri of the procedure or topic
     * @param parent what caused it; null if that is unknown
     * @return null if nothing is recorded
     */
    @Nullable
    Span begin(Operation operation, String realm, String uri, @Nullable TraceContext parent);

    SpanCounts counts();

    /** Exports what waits, for at most a moment. Blocks. */
    @Override
    void close();
}
