package dev.weft.load.chaos.check;

import java.util.function.Consumer;

/** Soon after each fault, every node works with every other one. */
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
            } else if (evidence.disturbances().isLast(span)
                    && span.recovered() - span.ended() > bounds.recovery() + bounds.margin()) {
                violations.accept("the cluster is whole only " + (span.recovered() - span.ended()) / 1_000_000
                        + " ms after " + fault);
            }
        }
    }

    private static boolean isBetween(Span span, Span next) {
        return span.ended() < next.began() && next.began() < span.recovered();
    }
}
