package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Invocations arrive at a callee in the order in which their caller made the calls, over all procedures. A call that found its callee
 * gone, or not there yet, and was routed to another one may come later than its successors, which did not wait for it.
 */
final class InvocationOrderChecker implements Checker {
    @Override
    public String name() {
        return "order of invocations";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        Map<Pair, Long> last = new HashMap<>();
        Map<String, List<Holder>> holders = Holders.of(evidence);
        for (Entry entry : evidence.entries()) {
            if (entry instanceof Entry.Invoked invoked) {
                Long before = last.put(new Pair(invoked.caller(), invoked.session()), invoked.number());
                if (before != null && before >= invoked.number() && !mayBeRerouted(evidence, holders, invoked)) {
                    violations.accept(
                            "at " + evidence.when(invoked.at()) + " session " + invoked.session() + " was invoked with "
                                    + name(evidence, invoked, invoked.number()) + " after "
                                    + name(evidence, invoked, before));
                }
            }
        }
    }

    /** Whether somebody came to hold the procedure or went away when the call was on its way, or shortly before. */
    private static boolean mayBeRerouted(Evidence evidence, Map<String, List<Holder>> holders, Entry.Invoked invoked) {
        CallRecord call = evidence.calls().of(invoked.caller(), invoked.number());
        if (call == null || call.invocations().size() > 1) {
            return false;
        }
        long since =
                call.sent().at() - evidence.bounds().death() - evidence.bounds().margin();
        return holders.getOrDefault(call.sent().procedure(), List.of()).stream()
                .anyMatch(holder -> (since < holder.to() && holder.to() < invoked.at())
                        || (since < holder.from() && holder.asked() < invoked.at()));
    }

    private static String name(Evidence evidence, Entry.Invoked invoked, long number) {
        CallRecord call = evidence.calls().of(invoked.caller(), number);
        return call == null ? "call " + number + " of " + evidence.who(invoked.caller()) : evidence.what(call);
    }

    private record Pair(int caller, int callee) {}
}
