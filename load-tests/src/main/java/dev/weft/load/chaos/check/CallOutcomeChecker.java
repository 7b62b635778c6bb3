package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A call does not fail without a cause. When sessions hold its procedure all the time, at nodes that no fault lies between and the
 * caller's, nothing but the callee, the caller or a timeout ends it with an error.
 */
final class CallOutcomeChecker implements Checker {
    private static final String CANCELED = "wamp.error.canceled";
    private static final String TIMEOUT = "wamp.error.timeout";

    @Override
    public String name() {
        return "no call fails without a cause";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        Map<String, List<Holder>> holders = Holders.of(evidence);
        for (CallRecord call : evidence.calls().all()) {
            for (Entry.CallFailed failed : call.failures()) {
                List<Holder> ofProcedure = holders.getOrDefault(call.sent().procedure(), List.of());
                if (!isCaused(call, failed)
                        && !isOfOneWhoHasJustLeft(evidence, call, failed, ofProcedure)
                        && isHeldCalmly(evidence, call, ofProcedure)) {
                    violations.accept(evidence.what(call) + " with " + failed.error() + " though a callee was there");
                }
            }
        }
    }

    private static boolean isCaused(CallRecord call, Entry.CallFailed failed) {
        boolean ofCallee = call.refusal() != null && call.refusal().error().equals(failed.error());
        boolean ofCaller = failed.error().equals(CANCELED) && call.cancel() != null;
        boolean ofTime = failed.error().equals(TIMEOUT) && call.sent().timeout() != Entry.CallSent.FOREVER;
        return ofCallee || ofCaller || ofTime;
    }

    /** No client saw an invocation: the router may have invoked one that had gone a moment before, which it learned then. */
    private static boolean isOfOneWhoHasJustLeft(
            Evidence evidence, CallRecord call, Entry.CallFailed failed, List<Holder> holders) {
        long sent = call.sent().at();
        long unnoticed = sent - evidence.bounds().margin();
        return failed.error().equals(CANCELED)
                && call.invocations().isEmpty()
                && holders.stream()
                        .filter(holder -> holder.to() == holder.session().closed())
                        .anyMatch(holder -> unnoticed <= holder.to() && holder.to() <= sent);
    }

    private static boolean isHeldCalmly(Evidence evidence, CallRecord call, List<Holder> holders) {
        long from = call.sent().at();
        long to = call.ended();
        int caller = evidence.life(call.sent().session()).node();
        boolean held = false;
        long detected = from - evidence.bounds().death() - evidence.bounds().margin();
        for (Holder holder : holders) {
            boolean meanwhile = holder.overlaps(from, to);
            if (!meanwhile && !holder.overlaps(detected, to)) {
                continue;
            }
            if (evidence.disturbances().disturbed(caller, holder.node(), detected, to)
                    || (meanwhile && !holder.covers(from, to))) {
                return false;
            }
            held |= meanwhile;
        }
        return held;
    }
}
