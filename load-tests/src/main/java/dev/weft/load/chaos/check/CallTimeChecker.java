package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.function.Consumer;

/** No call hangs: it ends within its own time and what it takes to notice that it cannot be answered any more. */
final class CallTimeChecker implements Checker {
    @Override
    public String name() {
        return "no call hangs";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        for (CallRecord call : evidence.calls().all()) {
            Life caller = evidence.life(call.sent().session());
            long due = due(evidence, call, caller);
            if (due == Life.NEVER) {
                continue;
            }
            long limit = evidence.limit(caller.node(), call.sent().at(), due);
            long ended = Math.min(call.ended(), caller.closed());
            if (ended > limit && limit <= evidence.end()) {
                violations.accept(evidence.what(call) + "; at " + evidence.when(limit) + " it had to be over");
            }
        }
    }

    /** When it could have ended at the latest, if everything were noticed at once; {@link Life#NEVER} if it may go on. */
    private static long due(Evidence evidence, CallRecord call, Life caller) {
        Entry.CallSent sent = call.sent();
        long due = Math.min(sent.timeout(), sent.ownTime());
        due = due == Entry.CallSent.FOREVER ? Life.NEVER : sent.at() + due;
        Entry.CancelSent cancel = call.cancel();
        if (cancel != null) {
            due = Math.min(due, cancel.at());
        }
        if (call.invocations().isEmpty()) {
            return sent.timeout() == Entry.CallSent.FOREVER ? Math.min(due, sent.at()) : due;
        }
        Life callee = evidence.life(call.invocations().get(0).session());
        due = Math.min(due, callee.closed());
        for (Span span : evidence.disturbances().spans()) {
            boolean deadly = span.isSilent()
                    && span.fault().separates(caller.node(), callee.node())
                    && span.ended() - span.began()
                            > evidence.bounds().silence() + evidence.bounds().margin();
            if (deadly && call.invocations().get(0).at() < span.began()) {
                due = Math.min(due, span.began());
            }
        }
        return due;
    }
}
