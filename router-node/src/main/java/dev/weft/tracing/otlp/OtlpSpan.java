package dev.weft.tracing.otlp;

import dev.weft.tracing.Span;
import dev.weft.wamp.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A span of the SDK, as the router sees it. */
final class OtlpSpan implements Span {
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("wamp.outcome");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("wamp.error");

    private final io.opentelemetry.api.trace.Span span;
    private final TraceContext context;

    /** @param state of the trace, passed on */
    OtlpSpan(io.opentelemetry.api.trace.Span span, @Nullable String state) {
        this.span = span;
        SpanContext made = span.getSpanContext();
        String trace = made.getTraceId();
        this.context = new TraceContext(
                HexFormat.fromHexDigitsToLong(trace, 0, 16),
                HexFormat.fromHexDigitsToLong(trace, 16, 32),
                HexFormat.fromHexDigitsToLong(made.getSpanId()),
                true,
                state);
    }

    @Override
    public TraceContext context() {
        return context;
    }

    @Override
    public void note(String attribute, long value) {
        span.setAttribute(attribute, value);
    }

    @Override
    public void end(String outcome, @Nullable String error) {
        span.setAttribute(OUTCOME, outcome);
        if (error != null) {
            span.setAttribute(ERROR, error);
            span.setStatus(StatusCode.ERROR, error);
        }
        span.end();
    }
}
