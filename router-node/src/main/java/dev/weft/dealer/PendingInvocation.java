package dev.weft.dealer;

import dev.weft.lane.Lane;
import dev.weft.link.RoutedCall;
import dev.weft.wamp.InvocationDetails;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that came to its callee and is not answered yet, on the event loop of the callee. */
class PendingInvocation {
    private final Callee callee;
    private final HeldRegistration registration;
    private final long call;
    private final Lane from;
    private final boolean receiveProgress;
    private long request;
    private List<RoutedCall> kept = List.of();

    /** @param from the lane that the answer goes to */
    PendingInvocation(Callee callee, HeldRegistration registration, RoutedCall call, Lane from) {
        this.callee = callee;
        this.registration = registration;
        this.call = call.call();
        this.from = from;
        this.receiveProgress = call.details().receiveProgress();
    }

    Callee callee() {
        return callee;
    }

    HeldRegistration registration() {
        return registration;
    }

    /** How the node of the caller names the call. */
    long call() {
        return call;
    }

    Lane from() {
        return from;
    }

    boolean receiveProgress() {
        return receiveProgress;
    }

    /** The id of the INVOCATION; 0 as long as the call waits for others to end. */
    long request() {
        return request;
    }

    boolean isWaiting() {
        return request == 0;
    }

    /** What INVOCATION says of the call, or of a further chunk of it. */
    InvocationDetails detailsOf(RoutedCall chunk) {
        return chunk.details();
    }

    /**
     * It is over; the first time counts.
     *
     * @param error its URI; null if there is a result
     */
    void over(@Nullable String error) {
        // Nobody has to know, unless it is traced.
    }

    void started(long invocation) {
        request = invocation;
    }

    /** While the call waits: all its chunks. Afterwards what another callee would get, or nothing. */
    List<RoutedCall> kept() {
        return kept;
    }

    void keep(RoutedCall chunk) {
        if (kept.isEmpty()) {
            kept = List.of(chunk.keep());
            return;
        }
        List<RoutedCall> more = new ArrayList<>(kept);
        more.add(chunk.keep());
        kept = more;
    }

    /** The callee has begun with it: it goes to no other one any more. */
    void commit() {
        kept = List.of();
    }

    /** What another callee may get if this one is unavailable. */
    @Nullable
    RoutedCall forAnotherCallee() {
        return kept.size() == 1 ? kept.get(0) : null;
    }
}
