package dev.weft.dealer;

import dev.weft.observability.Buckets;
import dev.weft.observability.Distribution;
import dev.weft.observability.Exemplar;
import dev.weft.observability.Tallies;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What one {@link Dealer} has done since the start. Its event loop counts; any thread may read. */
public final class DealerCounters {
    private final Tallies<DealerTally> tallies = new Tallies<>(DealerTally.class);
    private final Tallies<CallOutcome> outcomes = new Tallies<>(CallOutcome.class);
    private final Map<CallScope, Distribution> latencies = new EnumMap<>(CallScope.class);

    public DealerCounters() {
        for (CallScope scope : CallScope.values()) {
            latencies.put(scope, new Distribution(Buckets.LATENCY));
        }
    }

    /** Counts what others have counted; on the one thread that counts here. */
    public void add(DealerCounters others) {
        tallies.addAll(others.tallies);
        outcomes.addAll(others.outcomes);
        latencies.forEach((scope, latency) -> latency.addAll(others.latency(scope)));
    }

    public Tallies<DealerTally> tallies() {
        return tallies;
    }

    public Tallies<CallOutcome> outcomes() {
        return outcomes;
    }

    /** Nanoseconds from CALL to its last answer, of calls whose caller was still there. */
    public Distribution latency(CallScope scope) {
        return Objects.requireNonNull(latencies.get(scope));
    }

    /** A call goes to a callee. */
    void routed(CalleeEntry callee) {
        boolean local = CallScope.of(callee) == CallScope.LOCAL;
        tallies.increment(local ? DealerTally.ROUTED_LOCAL : DealerTally.ROUTED_REMOTE);
    }

    void ended(CallOutcome outcome, CallScope scope, long nanos) {
        outcomes.increment(outcome);
        if (outcome != CallOutcome.CALLER_LEFT) {
            latency(scope).record(nanos);
        }
    }

    /** @param exemplar what took so long, in nanoseconds */
    void ended(CallOutcome outcome, CallScope scope, Exemplar exemplar) {
        outcomes.increment(outcome);
        if (outcome != CallOutcome.CALLER_LEFT) {
            latency(scope).record(exemplar);
        }
    }
}
