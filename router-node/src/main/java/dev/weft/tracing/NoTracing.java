package dev.weft.tracing;

import dev.weft.wamp.TraceContext;
import org.jspecify.annotations.Nullable;

/** Tracing that is off. While it is the only class of its kind that is loaded, a call of it costs nothing. */
final class NoTracing implements Tracing {
    @Override
    public @Nullable Span begin(Operation operation, String realm, String uri, @Nullable TraceContext parent) {
        return null;
    }

    @Override
    public SpanCounts counts() {
        return SpanCounts.NONE;
    }

    @Override
    public void close() {
        // There is nothing to export.
    }
}
