package dev.weft.load.chaos.check;

import java.util.function.Consumer;

/**
 * Soon after each fault, what is published at each node reaches every other one, and they decide together: where Hazelcast
 * may have split, when it is one again.
 */
final class RecoveryChecker implements Checker {
    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        Bounds bounds = evidence.bounds();
        for (Span span : evidence.disturbances().spans()) {
            String fault = span.fault().kind().text() + " of " + span.fault().describe();
            if (span.recovered() == Life.NEVER) {
                violations.accept("the cluster is not whole after " + fault);
            } else if (evidence.disturbances().spans().stream().anyMatch(next -> isBetween(span, next))) {
                violations.accept("the cluster is not whole before the next fault after " + fault);
            } else if (evidence.disturbances().isLast(span)) {
                long whole = evidence.disturbances().parted(span) ? bounds.merge() : bounds.recovery();
                late("linked", span.linked() - span.ended(), bounds.recovery() + bounds.margin(), fault, violations);
                late("whole", span.recovered() - span.ended(), whole + bounds.margin(), fault, violations);
            }
        }
    }

    private static void late(String what, long took, long bound, String fault, Consumer<String> violations) {
        if (took > bound) {
            violations.accept("the cluster is " + what + " only " + took / 1_000_000 + " ms after " + fault);
        }
    }

    private static boolean isBetween(Span span, Span next) {
        return span.ended() < next.began() && next.began() < span.recovered();
    }
}
