package dev.weft.load.chaos.check;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A procedure that is not shared has one holder, unless a fault separated two that were granted it; then, soon after the fault,
 * one of the two and only one is told that it lost.
 */
final class ExclusivityChecker implements Checker {
    /** The end of one session and a grant to another may reach this process in one batch, in any order. */
    private static final long BATCH = Duration.ofMillis(50).toNanos();

    @Override
    public String name() {
        return "one registration";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        Holders.of(evidence).forEach((procedure, holders) -> {
            for (int later = 1; later < holders.size(); later++) {
                for (int earlier = 0; earlier < later; earlier++) {
                    checkPair(evidence, holders.get(earlier), holders.get(later), violations);
                }
            }
        });
    }

    private static void checkPair(Evidence evidence, Holder earlier, Holder later, Consumer<String> violations) {
        if ((!earlier.single() && !later.single()) || earlier.to() <= later.from() + BATCH) {
            return;
        }
        String both = "sessions " + earlier.session().session() + " and "
                + later.session().session() + " at node-" + (earlier.node() + 1) + " and node-" + (later.node() + 1)
                + " both hold " + later.procedure() + " since " + evidence.when(later.from());
        Bounds bounds = evidence.bounds();
        long healed = evidence.disturbances()
                .separatedUntil(
                        earlier.node(), later.node(), later.asked() - bounds.merge() - bounds.margin(), later.from());
        if (healed == Long.MIN_VALUE) {
            violations.accept(both);
            return;
        }
        if (earlier.revoked() && later.revoked()) {
            violations.accept(both + ", and both are told that they lost");
        }
        long limit = Math.max(healed, later.from()) + bounds.recovery() + bounds.margin();
        long resolved = Math.min(earlier.to(), later.to());
        if (healed != Life.NEVER && resolved > limit && limit <= evidence.end()) {
            violations.accept(both + " long after they could see each other");
        }
    }
}
