package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Invocations arrive at a callee in the order in which their caller made the calls, over all procedures. */
final class InvocationOrderChecker implements Checker {
    @Override
    public String name() {
        return "order of invocations";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        Map<Pair, Long> last = new HashMap<>();
        for (Entry entry : evidence.entries()) {
            if (entry instanceof Entry.Invoked invoked) {
                Long before = last.put(new Pair(invoked.caller(), invoked.session()), invoked.number());
                if (before != null && before >= invoked.number()) {
                    violations.accept(
                            "at " + evidence.when(invoked.at()) + " session " + invoked.session() + " was invoked with "
                                    + name(evidence, invoked, invoked.number()) + " after "
                                    + name(evidence, invoked, before));
                }
            }
        }
    }

    private static String name(Evidence evidence, Entry.Invoked invoked, long number) {
        CallRecord call = evidence.calls().of(invoked.caller(), number);
        return call == null ? "call " + number + " of session " + invoked.caller() : call.toString();
    }

    private record Pair(int caller, int callee) {}
}
