package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.function.Consumer;

/** A callee whose caller is gone is interrupted, unless it has answered by then. */
final class InterruptChecker implements Checker {
    @Override
    public String name() {
        return "callees are interrupted";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        for (CallRecord call : evidence.calls().all()) {
            long gone = evidence.life(call.sent().session()).closed();
            if (gone == Life.NEVER || call.invocations().isEmpty() || call.ended() != Life.NEVER) {
                continue;
            }
            Entry.Invoked invoked = call.invocations().get(0);
            Life callee = evidence.life(invoked.session());
            long limit = evidence.limit(callee.node(), gone, Math.max(gone, invoked.at()));
            long over = Math.min(call.answered(), callee.closed());
            Entry.Interrupted interrupt = call.interrupt();
            long told = interrupt == null ? Life.NEVER : interrupt.at();
            if (Math.min(told, over) > limit && limit <= evidence.end()) {
                violations.accept(evidence.what(call) + "; its caller is gone since " + evidence.when(gone)
                        + ", and the callee was not told by " + evidence.when(limit));
            }
        }
    }
}
