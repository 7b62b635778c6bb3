package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.List;
import java.util.function.Consumer;

/**
 * A call is invoked at most once, ends at most once, and nothing comes after its end; what it ends with, a callee has said.
 * That it ends at all is {@link CallTimeChecker}'s.
 */
final class LedgerChecker implements Checker {
    @Override
    public String name() {
        return "calls end once";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        evidence.calls().strays().forEach(entry -> violations.accept("belongs to no call: " + entry));
        for (CallRecord call : evidence.calls().all()) {
            if (call.invocations().size() > 1) {
                violations.accept(call + " was invoked " + call.invocations().size() + " times");
            }
            if (call.ends() > 1) {
                violations.accept(call + " ended " + call.ends() + " times");
            }
            checkInvocations(call, violations);
            checkProgress(call, violations);
            checkResult(call, violations);
            checkError(call, violations);
        }
    }

    private static void checkInvocations(CallRecord call, Consumer<String> violations) {
        for (Entry.Invoked invoked : call.invocations()) {
            if (invoked.at() < call.sent().at()) {
                violations.accept(call + " was invoked before it was made");
            }
        }
    }

    private static void checkProgress(CallRecord call, Consumer<String> violations) {
        List<Entry.YieldSent> told =
                call.yields().stream().filter(Entry.YieldSent::progress).toList();
        long last = -1;
        for (Entry.ResultReceived result : call.results()) {
            if (!result.progress()) {
                continue;
            }
            if (result.number() <= last) {
                violations.accept(call + ": progress " + result.number() + " after " + last);
            }
            last = result.number();
            if (last >= told.size() || told.get((int) last).at() > result.at()) {
                violations.accept(call + ": progress " + last + " that the callee did not tell");
            }
            if (result.at() > call.ended()) {
                violations.accept(call + ": progress after its end");
            }
        }
    }

    private static void checkResult(CallRecord call, Consumer<String> violations) {
        for (Entry.ResultReceived result : call.results()) {
            if (result.progress()) {
                continue;
            }
            if (result.number() != call.sent().number()) {
                violations.accept(call + " ended with the result of call " + result.number());
            }
            boolean given = call.yields().stream().anyMatch(yield -> !yield.progress() && yield.at() <= result.at());
            if (!given) {
                violations.accept(call + " ended with a result that no callee gave");
            }
        }
    }

    private static void checkError(CallRecord call, Consumer<String> violations) {
        for (Entry.CallFailed failed : call.failures()) {
            Entry.InvocationFailed refusal = call.refusal();
            boolean given = refusal != null && refusal.error().equals(failed.error()) && refusal.at() <= failed.at();
            boolean ofRouter =
                    failed.error().startsWith("wamp.") || failed.error().startsWith("weft.");
            if (!given && !ofRouter) {
                violations.accept(call + " ended with " + failed.error() + ", which no callee gave");
            }
        }
    }
}
