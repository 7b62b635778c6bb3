package dev.weft.dealer;

import dev.weft.lane.Lane;
import dev.weft.lane.LongMap;
import dev.weft.observability.Tallies;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The invocations of one event loop's callees that are not answered yet, found from both ends: by the callee's session
 * and request id, and by the lane and call id of the caller. Belongs to its event loop.
 */
final class InvocationsInFlight {
    private final Map<Lane, LongMap<PendingInvocation>> byOrigin = new IdentityHashMap<>();

    private final Tallies<InvocationTally> tallies;

    /** @param tallies where they are counted */
    InvocationsInFlight(Tallies<InvocationTally> tallies) {
        this.tallies = tallies;
    }

    void add(PendingInvocation invocation) {
        tallies.increment(InvocationTally.INVOKED);
        invocation.callee().invocations().put(invocation.request(), invocation);
        byOrigin.computeIfAbsent(invocation.from(), lane -> new LongMap<>()).put(invocation.call(), invocation);
    }

    void remove(PendingInvocation invocation) {
        if (invocation.callee().invocations().remove(invocation.request()) != null) {
            tallies.increment(InvocationTally.ENDED);
        }
        LongMap<PendingInvocation> calls = byOrigin.get(invocation.from());
        if (calls != null) {
            calls.remove(invocation.call());
        }
    }

    @Nullable
    PendingInvocation of(Lane from, long call) {
        LongMap<PendingInvocation> calls = byOrigin.get(from);
        return calls == null ? null : calls.get(call);
    }

    /** A copy. */
    List<PendingInvocation> of(Callee callee) {
        return List.copyOf(callee.invocations().values());
    }

    /** All whose caller is behind {@code lane}; they are forgotten. */
    List<PendingInvocation> removeAll(Lane lane) {
        LongMap<PendingInvocation> calls = byOrigin.remove(lane);
        Collection<PendingInvocation> gone = calls == null ? List.of() : List.copyOf(calls.values());
        tallies.add(InvocationTally.ENDED, gone.size());
        for (PendingInvocation invocation : gone) {
            invocation.callee().invocations().remove(invocation.request());
        }
        return List.copyOf(gone);
    }
}
