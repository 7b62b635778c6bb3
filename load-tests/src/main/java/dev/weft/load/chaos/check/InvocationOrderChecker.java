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
                    violations.accept("session " + invoked.session() + " was invoked with call " + invoked.number()
                            + " of session " + invoked.caller() + " after call " + before);
                }
            }
        }
    }

    private record Pair(int caller, int callee) {}
}
