package dev.weft.load.chaos.check;

import static dev.weft.load.chaos.check.Day.ms;
import static dev.weft.load.chaos.check.GoodDay.CALLEE;
import static dev.weft.load.chaos.check.GoodDay.CALLER;
import static dev.weft.load.chaos.check.GoodDay.LATE_RIVAL;
import static dev.weft.load.chaos.check.GoodDay.REGISTRATION;

import dev.weft.load.chaos.history.Entry;
import dev.weft.load.chaos.history.Entry.CallFailed;
import dev.weft.load.chaos.history.Entry.CallSent;
import dev.weft.load.chaos.history.Entry.CancelSent;
import dev.weft.load.chaos.history.Entry.Closed;
import dev.weft.load.chaos.history.Entry.Interrupted;
import dev.weft.load.chaos.history.Entry.InvocationFailed;
import dev.weft.load.chaos.history.Entry.Invoked;
import dev.weft.load.chaos.history.Entry.Opened;
import dev.weft.load.chaos.history.Entry.RegisterSent;
import dev.weft.load.chaos.history.Entry.Registered;
import dev.weft.load.chaos.history.Entry.ResultReceived;
import dev.weft.load.chaos.history.Entry.YieldSent;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Of the good day's calls 0 is plain, 1 has progress, 2 fails, 3 is cancelled, 4 times out, 5 loses its caller, 6 its way. */
class CallCheckersTest {
    private static final long FOREVER = CallSent.FOREVER;

    @TestFactory
    Stream<DynamicTest> ledger() {
        return Planted.in(new LedgerChecker())
                .seen("invoked twice", day -> day.twice(Invoked.class, 0))
                .seen("a result twice", day -> day.twice(ResultReceived.class, 0))
                .seen("an error twice", day -> day.twice(CallFailed.class, 0))
                .seen(
                        "a result and an error",
                        day -> day.plus(new CallFailed(ms(104), CALLER, 1, "wamp.error.canceled")))
                .seen("a result that nobody gave", day -> day.without(YieldSent.class, 0))
                .seen("a result before it was given", day -> day.moved(YieldSent.class, 0, 104))
                .seen("the result of another call", day -> day.changed(ResultReceived.class, 0, "number", 1L))
                .seen("progress twice", day -> day.twice(ResultReceived.class, 1))
                .seen("progress in the wrong order", day -> day.swapped(ResultReceived.class, 1, 2))
                .seen("progress that nobody told", day -> day.without(YieldSent.class, 1))
                .seen("progress after the end", day -> day.moved(ResultReceived.class, 2, 125))
                .seen("an error that nobody gave", day -> day.without(InvocationFailed.class, 0))
                .seen("another error than was given", day -> day.changed(CallFailed.class, 0, "error", "chaos.other"))
                .seen("a result of no call", day -> day.changed(ResultReceived.class, 0, "request", 77L))
                .seen("an invocation of no call", day -> day.changed(Invoked.class, 0, "number", 77L))
                .seen("invoked before it was called", day -> day.moved(Invoked.class, 0, 99))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> time() {
        return Planted.in(new CallTimeChecker())
                .seen("a plain call never ends", day -> day.without(ResultReceived.class, 0))
                .seen("a plain call takes long", day -> day.moved(ResultReceived.class, 0, 5_000))
                .seen("a call with progress never ends", day -> day.without(ResultReceived.class, 3))
                .seen("a call that fails never ends", day -> day.without(CallFailed.class, 0))
                .seen("a cancelled call never ends", day -> day.without(CallFailed.class, 1))
                .seen("a cancelled call takes long", day -> day.moved(CallFailed.class, 1, 4_000))
                .seen("a call that times out never ends", day -> day.without(CallFailed.class, 2))
                .seen("a call times out late", day -> day.moved(CallFailed.class, 2, 3_000))
                .seen("a call over the partition never ends", day -> day.without(CallFailed.class, 3))
                .seen("a call over the partition ends late", day -> day.moved(CallFailed.class, 3, 29_000))
                .seen(
                        "the callee leaves and the call never ends",
                        day -> day.plus(call(40_000, 0, FOREVER), invoked(40_001), new Closed(ms(41_000), LATE_RIVAL)))
                .seen("a call that nobody is invoked with never ends", day -> day.plus(call(40_000, 0, FOREVER)))
                .fine("the caller leaves", day -> day.plus(call(40_000, 0, FOREVER), new Closed(ms(40_500), CALLER)))
                .fine("the callee may take for ever", day -> day.plus(call(40_000, FOREVER, FOREVER), invoked(40_001)))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> outcome() {
        return Planted.in(new CallOutcomeChecker())
                .seen("no such procedure", day -> day.plus(failing(40_000, "p", "wamp.error.no_such_procedure")))
                .seen("network failure", day -> day.plus(failing(40_000, "p", "wamp.error.network_failure")))
                .seen("cancelled by nobody", day -> day.plus(failing(40_000, "p", "wamp.error.canceled")))
                .seen("timed out without a timeout", day -> day.plus(failing(40_000, "p", "wamp.error.timeout")))
                .seen("unavailable", day -> day.plus(failing(40_000, "p", "wamp.error.unavailable")))
                .seen(
                        "a procedure at the caller's node",
                        day -> day.plus(failing(40_000, "race", "wamp.error.unavailable")))
                .seen("while another node is dead", day -> day.plus(failing(5_500, "p", "wamp.error.network_failure")))
                .seen(
                        "cancelled before CANCEL was sent",
                        day -> day.without(CancelSent.class, 0).without(InvocationFailed.class, 1))
                .seen("a timeout that was not asked for", day -> day.changed(CallSent.class, 4, "timeout", FOREVER))
                .seen(
                        "another error than the callee's",
                        day -> day.changed(CallFailed.class, 0, "error", "wamp.error.x"))
                .seen("lost instead of timed out", day -> day.changed(CallFailed.class, 2, "error", "wamp.error.x"))
                .fine("nobody holds it", day -> day.plus(failing(40_000, "q", "wamp.error.no_such_procedure")))
                .fine("over the partition", day -> day.plus(failing(26_000, "p", "wamp.error.network_failure")))
                .fine(
                        "its callee leaves meanwhile",
                        day -> day.plus(failing(40_000, "p", "wamp.error.canceled"))
                                .plus(new Closed(ms(40_005), CALLEE)))
                .seen(
                        "another of its callees has left long before",
                        day -> day.plus(failing(40_000, "p", "wamp.error.canceled"))
                                .plus(granted(30_000, LATE_RIVAL))
                                .plus(new Closed(ms(35_000), LATE_RIVAL)))
                .seen(
                        "another of its callees has left just before, and another error",
                        day -> day.plus(failing(40_000, "p", "wamp.error.no_such_procedure"))
                                .plus(granted(30_000, LATE_RIVAL))
                                .plus(new Closed(ms(39_998), LATE_RIVAL)))
                .seen(
                        "another of its callees has left just before, and one that is there was invoked",
                        day -> day.plus(failing(40_000, "p", "wamp.error.canceled"))
                                .plus(granted(30_000, LATE_RIVAL))
                                .plus(new Closed(ms(39_998), LATE_RIVAL))
                                .plus(new Invoked(ms(40_004), CALLEE, 50, REGISTRATION, CALLER, 50)))
                .fine(
                        "another of its callees has left just before",
                        day -> day.plus(failing(40_000, "p", "wamp.error.canceled"))
                                .plus(granted(30_000, LATE_RIVAL))
                                .plus(new Closed(ms(39_998), LATE_RIVAL)))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> order() {
        return Planted.in(new InvocationOrderChecker())
                .seen("the first two swapped", day -> day.swapped(Invoked.class, 0, 1))
                .seen("the next two swapped", day -> day.swapped(Invoked.class, 1, 2))
                .seen("the first and a later one swapped", day -> day.swapped(Invoked.class, 0, 4))
                .seen("two in the middle swapped", day -> day.swapped(Invoked.class, 2, 3))
                .seen("the last two swapped", day -> day.swapped(Invoked.class, 4, 6))
                .seen("the first after the last", day -> day.moved(Invoked.class, 0, 20_000))
                .seen("the second after the fourth", day -> day.moved(Invoked.class, 1, 145))
                .seen("one twice", day -> day.twice(Invoked.class, 1))
                .seen("one in place of another", day -> day.changed(Invoked.class, 2, "number", 0L))
                .seen("an old one in the end", day -> day.changed(Invoked.class, 6, "number", 1L))
                .seen("the last one early", day -> day.moved(Invoked.class, 6, 115))
                .fine(
                        "routed to another one when the first had left",
                        day -> day.swapped(Invoked.class, 0, 1)
                                .plus(granted(10, LATE_RIVAL))
                                .plus(new Closed(ms(95), LATE_RIVAL)))
                .fine(
                        "at another callee",
                        day -> day.moved(Invoked.class, 0, 20_000).changed(Invoked.class, 6, "session", LATE_RIVAL))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> interrupts() {
        return Planted.in(new InterruptChecker())
                .seen(
                        "never, when the caller's node dies",
                        day -> day.without(Interrupted.class, 2).without(InvocationFailed.class, 2))
                .seen(
                        "late, when the caller's node dies",
                        day -> day.moved(Interrupted.class, 2, 9_000).moved(InvocationFailed.class, 2, 9_001))
                .seen("never, when a caller at another node leaves", day -> day.plus(deserted(40_000, 0, 40_500)))
                .seen("never, when a caller at the same node leaves", day -> day.plus(deserted(40_000, 1, 40_500)))
                .seen("never, when a caller leaves at once", day -> day.plus(deserted(40_000, 1, 40_001)))
                .seen(
                        "never, when a caller is gone before the invocation",
                        day -> day.plus(deserted(40_000, 1, 39_999)))
                .seen("never, when a caller beyond the partition leaves", day -> day.plus(deserted(26_000, 0, 26_500)))
                .seen(
                        "late, when a caller leaves",
                        day -> day.plus(deserted(40_000, 0, 40_500)).plus(new Interrupted(ms(48_000), CALLEE, 50)))
                .seen(
                        "another invocation is interrupted",
                        day -> day.plus(deserted(40_000, 0, 40_500)).plus(new Interrupted(ms(40_501), CALLEE, 12)))
                .seen(
                        "another callee is interrupted",
                        day -> day.plus(deserted(40_000, 0, 40_500)).plus(new Interrupted(ms(40_501), LATE_RIVAL, 50)))
                .fine(
                        "the callee has answered",
                        day -> day.plus(deserted(40_000, 0, 40_500)).plus(new YieldSent(ms(40_700), CALLEE, 50, false)))
                .fine(
                        "the callee leaves, too",
                        day -> day.plus(deserted(40_000, 0, 40_500)).plus(new Closed(ms(40_600), CALLEE)))
                .tests();
    }

    private static CallSent call(long millis, long ownTime, long timeout) {
        return new CallSent(ms(millis), CALLER, 50, 50, "q", ownTime, timeout);
    }

    private static Invoked invoked(long millis) {
        return new Invoked(ms(millis), LATE_RIVAL, 50, REGISTRATION, CALLER, 50);
    }

    private static Entry[] granted(long millis, int session) {
        return new Entry[] {
            new RegisterSent(ms(millis), session, 60, "p", false),
            new Registered(ms(millis + 2), session, 60, REGISTRATION)
        };
    }

    private static Entry[] failing(long millis, String procedure, String error) {
        return new Entry[] {
            new CallSent(ms(millis), CALLER, 50, 50, procedure, 0, FOREVER),
            new CallFailed(ms(millis + 10), CALLER, 50, error)
        };
    }

    /** A call that is never answered, whose caller leaves. */
    private static Entry[] deserted(long millis, int node, long left) {
        int caller = 20;
        return new Entry[] {
            new Opened(ms(100), caller, node, 9_020),
            new CallSent(ms(millis - 2), caller, 1, 0, "p", FOREVER, FOREVER),
            new Invoked(ms(millis), CALLEE, 50, REGISTRATION, caller, 0),
            new Closed(ms(left), caller)
        };
    }
}
