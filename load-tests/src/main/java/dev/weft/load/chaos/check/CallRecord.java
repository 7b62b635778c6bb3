package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is known of one call, in the order in which it happened. */
final class CallRecord {
    private final Entry.CallSent sent;
    private final List<Entry.Invoked> invocations = new ArrayList<>();
    private final List<Entry.YieldSent> yields = new ArrayList<>();
    private final List<Entry.ResultReceived> results = new ArrayList<>();
    private final List<Entry.CallFailed> failures = new ArrayList<>();
    private Entry.@Nullable InvocationFailed refusal;
    private Entry.@Nullable CancelSent cancel;
    private Entry.@Nullable Interrupted interrupt;

    CallRecord(Entry.CallSent sent) {
        this.sent = sent;
    }

    void add(Entry entry) {
        if (entry instanceof Entry.Invoked invoked) {
            invocations.add(invoked);
        } else if (entry instanceof Entry.YieldSent yield) {
            yields.add(yield);
        } else if (entry instanceof Entry.InvocationFailed failed) {
            refusal = failed;
        } else if (entry instanceof Entry.Interrupted interrupted) {
            interrupt = interrupted;
        } else if (entry instanceof Entry.ResultReceived result) {
            results.add(result);
        } else if (entry instanceof Entry.CallFailed failed) {
            failures.add(failed);
        } else if (entry instanceof Entry.CancelSent canceled) {
            cancel = canceled;
        }
    }

    Entry.CallSent sent() {
        return sent;
    }

    List<Entry.Invoked> invocations() {
        return invocations;
    }

    List<Entry.YieldSent> yields() {
        return yields;
    }

    List<Entry.ResultReceived> results() {
        return results;
    }

    List<Entry.CallFailed> failures() {
        return failures;
    }

    /** The error with which the callee answered. */
    Entry.@Nullable InvocationFailed refusal() {
        return refusal;
    }

    Entry.@Nullable CancelSent cancel() {
        return cancel;
    }

    Entry.@Nullable Interrupted interrupt() {
        return interrupt;
    }

    /** How often it ended for the caller; more than once is wrong. */
    int ends() {
        return failures.size()
                + (int) results.stream().filter(result -> !result.progress()).count();
    }

    /** When it ended for the caller; {@link Life#NEVER} if it did not. */
    long ended() {
        long failed = failures.isEmpty() ? Life.NEVER : failures.get(0).at();
        return results.stream()
                .filter(result -> !result.progress())
                .mapToLong(Entry.ResultReceived::at)
                .reduce(failed, Math::min);
    }

    /** When the callee answered for good; {@link Life#NEVER} if it did not. */
    long answered() {
        long refused = refusal == null ? Life.NEVER : refusal.at();
        return yields.stream()
                .filter(yield -> !yield.progress())
                .mapToLong(Entry.YieldSent::at)
                .reduce(refused, Math::min);
    }

    @Override
    public String toString() {
        return "call " + sent.number() + " of session " + sent.session() + " to " + sent.procedure();
    }
}
