package dev.weft.dealer;

import dev.weft.observability.Exemplar;
import dev.weft.session.Standing;
import dev.weft.tracing.Span;
import dev.weft.wamp.Call;
import dev.weft.wamp.TraceContext;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A call that is recorded in a trace. A class of its own, so that others have no field for it. */
final class TracedCall extends PendingCall {
    /** Exemplars say when to people, who compare them with traces. */
    private static final InstantSource CLOCK = InstantSource.system();

    private final Span span;

    TracedCall(long id, Caller caller, Call call, Standing standing, Span span) {
        super(id, caller, call, standing);
        this.span = span;
    }

    @Override
    TraceContext trace() {
        return span.context();
    }

    @Override
    void ended(CallOutcome outcome, @Nullable String error, DealerCounters counters) {
        counters.ended(outcome, CallScope.of(callee()), exemplar());
        if (!refused().isEmpty()) {
            span.note("wamp.refusals", refused().size());
        }
        span.end(outcome.name().toLowerCase(Locale.ROOT), error);
    }

    private Exemplar exemplar() {
        TraceContext trace = trace();
        return new Exemplar(age(), trace.traceHigh(), trace.traceLow(), trace.parent(), CLOCK.millis());
    }
}
