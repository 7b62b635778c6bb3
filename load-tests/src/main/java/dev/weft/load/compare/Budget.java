package dev.weft.load.compare;

import java.util.List;
import java.util.Optional;

/**
 * What is promised of Weft, and what was measured.
 *
 * @param what in words
 * @param wanted in words
 * @param measured nothing if not all that it takes took part
 * @param limit of the median
 * @param atLeast whether the limit is the least, not the most
 */
record Budget(String what, String wanted, Optional<Spread> measured, double limit, boolean atLeast) {
    private static final String NEXUS = "nexus";

    static List<Budget> of(Results results) {
        return List.of(
                cost(results, "CPU time of an RPC round trip, 128 B of MessagePack", Cases.RPC_BUDGET, 5),
                cost(results, "CPU time of an RPC round trip, 128 B of JSON", Cases.RPC_JSON, 7),
                cost(results, "CPU time of a delivered event, fan-out 100", Cases.FAN_OUT_BUDGET, 0.7),
                ahead(results, "RPC: CPU time of nexus as a multiple of Weft's", Cases.RPC_BUDGET, 13),
                ahead(results, "fan-out 100: CPU time of nexus as a multiple of Weft's", Cases.FAN_OUT_BUDGET, 25),
                overRelay(results, "RPC: CPU time as a multiple of the bare relay's", Cases.RPC_BUDGET),
                overRelay(results, "fan-out 100: CPU time as a multiple of the bare relay's", Cases.FAN_OUT_BUDGET),
                most(
                        "RPC through two nodes: CPU time of both as a multiple of one's",
                        results.ratio(
                                Cases.RPC_TWO_NODES,
                                WeftContender.NAME,
                                Cases.RPC_BUDGET,
                                WeftContender.NAME,
                                Outcome::cpuMicros),
                        2,
                        "at most 2.0"),
                most(
                        "memory of an idle session with one subscription, bytes",
                        results.spread(Cases.IDLE, WeftContender.NAME, Outcome::bytesPerSession),
                        10_000,
                        "under 10,000"));
    }

    private static Budget cost(Results results, String what, String id, double micros) {
        Optional<Spread> measured = results.spread(id, WeftContender.NAME, Outcome::cpuMicros);
        return most(what + ", µs", measured, micros, "at most " + Spread.number(micros));
    }

    private static Budget ahead(Results results, String what, String id, double factor) {
        Optional<Spread> measured = results.ratio(id, NEXUS, id, WeftContender.NAME, Outcome::cpuMicros);
        return new Budget(what, "at least " + Spread.number(factor), measured, factor, true);
    }

    private static Budget overRelay(Results results, String what, String id) {
        Optional<Spread> measured = results.ratio(id, WeftContender.NAME, id, RelayContender.NAME, Outcome::cpuMicros);
        return most(what, measured, 1.5, "at most 1.5");
    }

    private static Budget most(String what, Optional<Spread> measured, double limit, String wanted) {
        return new Budget(what, wanted, measured, limit, false);
    }

    String verdict() {
        if (measured.isEmpty()) {
            return "not measured";
        }
        double median = measured.get().median();
        boolean kept = atLeast ? median >= limit : median <= limit;
        return kept ? "kept" : "**not kept**";
    }
}
