package dev.weft.dealer;

import dev.weft.lane.Lane;
import dev.weft.link.RoutedCall;
import dev.weft.tracing.Span;
import dev.weft.wamp.InvocationDetails;
import org.jspecify.annotations.Nullable;

/** A call at its callee that is recorded in a trace. A class of its own, so that others have no field for it. */
final class TracedInvocation extends PendingInvocation {
    private final Span span;
    private boolean over;

    TracedInvocation(Callee callee, HeldRegistration registration, RoutedCall call, Lane from, Span span) {
        super(callee, registration, call, from);
        this.span = span;
    }

    @Override
    InvocationDetails detailsOf(RoutedCall chunk) {
        return chunk.details().in(span.context());
    }

    @Override
    void over(@Nullable String error) {
        if (!over) {
            over = true;
            span.end(error == null ? "result" : "error", error);
        }
    }
}
