package dev.weft.dealer;

import dev.weft.lane.Lane;
import dev.weft.lane.LongMap;
import dev.weft.observability.Tallies;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls to one event loop's callees that are not answered yet, found from both ends: by the lane and call id of the
 * caller, and, once INVOCATION was sent, by the callee's session and request id. Belongs to its event loop.
 */
final class InvocationsInFlight {
    private final Map<Lane, LongMap<PendingInvocation>> byOrigin = new IdentityHashMap<>();

    private final Tallies<InvocationTally> tallies;

    /** @param tallies where they are counted */
    InvocationsInFlight(Tallies<InvocationTally> tallies) {
        this.tallies = tallies;
    }

    /** The call came. */
    void add(PendingInvocation invocation) {
        byOrigin.computeIfAbsent(invocation.from(), lane -> new LongMap<>()).put(invocation.call(), invocation);
    }

    /** INVOCATION is sent. */
    void start(PendingInvocation invocation, long request) {
        tallies.increment(InvocationTally.INVOKED);
        invocation.started(request);
        invocation.registration().started();
        invocation.callee().invocations().put(request, invocation);
    }

    /** The call is over. */
    void remove(PendingInvocation invocation) {
        LongMap<PendingInvocation> calls = byOrigin.get(invocation.from());
        if (calls != null) {
            calls.remove(invocation.call());
        }
        if (invocation.isWaiting()) {
            invocation.registration().giveUp(invocation);
        } else {
            tallies.increment(InvocationTally.ENDED);
            invocation.callee().invocations().remove(invocation.request());
            invocation.registration().ended();
        }
    }

    @Nullable
    PendingInvocation of(Lane from, long call) {
        LongMap<PendingInvocation> calls = byOrigin.get(from);
        return calls == null ? null : calls.get(call);
    }

    /** Those that were sent to the callee. A copy. */
    List<PendingInvocation> of(Callee callee) {
        return List.copyOf(callee.invocations().values());
    }

    /** All whose caller is behind {@code lane}. A copy. */
    List<PendingInvocation> of(Lane lane) {
        LongMap<PendingInvocation> calls = byOrigin.get(lane);
        return calls == null ? List.of() : List.copyOf(calls.values());
    }

    /** Nobody is behind {@code lane} any more. */
    void forget(Lane lane) {
        byOrigin.remove(lane);
    }
}
