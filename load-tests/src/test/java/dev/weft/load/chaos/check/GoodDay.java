package dev.weft.load.chaos.check;

import static dev.weft.load.chaos.check.Day.ms;

import dev.weft.load.chaos.fault.Fault;
import dev.weft.load.chaos.fault.FaultKind;
import dev.weft.load.chaos.history.Entry;
import dev.weft.load.chaos.history.Entry.CallFailed;
import dev.weft.load.chaos.history.Entry.CallSent;
import dev.weft.load.chaos.history.Entry.CancelSent;
import dev.weft.load.chaos.history.Entry.Closed;
import dev.weft.load.chaos.history.Entry.EventReceived;
import dev.weft.load.chaos.history.Entry.FaultBegan;
import dev.weft.load.chaos.history.Entry.FaultEnded;
import dev.weft.load.chaos.history.Entry.GapTold;
import dev.weft.load.chaos.history.Entry.Interrupted;
import dev.weft.load.chaos.history.Entry.InvocationFailed;
import dev.weft.load.chaos.history.Entry.Invoked;
import dev.weft.load.chaos.history.Entry.Opened;
import dev.weft.load.chaos.history.Entry.PublishSent;
import dev.weft.load.chaos.history.Entry.Published;
import dev.weft.load.chaos.history.Entry.Quiet;
import dev.weft.load.chaos.history.Entry.Recovered;
import dev.weft.load.chaos.history.Entry.Refused;
import dev.weft.load.chaos.history.Entry.RegisterSent;
import dev.weft.load.chaos.history.Entry.Registered;
import dev.weft.load.chaos.history.Entry.ResultReceived;
import dev.weft.load.chaos.history.Entry.Revoked;
import dev.weft.load.chaos.history.Entry.SubscribeSent;
import dev.weft.load.chaos.history.Entry.Subscribed;
import dev.weft.load.chaos.history.Entry.UnregisterSent;
import dev.weft.load.chaos.history.Entry.Unregistered;
import dev.weft.load.chaos.history.Entry.UnsubscribeSent;
import dev.weft.load.chaos.history.Entry.Unsubscribed;
import dev.weft.load.chaos.history.Entry.YieldSent;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A day on which everything happens that a round knows, and every promise is kept. Sessions: 1 publishes and 4 calls at node 0, 2
 * subscribes and 3 is called at node 1, 5 and 7 are at node 2, which is killed, 6 at node 0 and 8 at node 1 hold the same procedure
 * while these nodes cannot see each other.
 */
final class GoodDay {
    static final int PUBLISHER = 1;
    static final int SUBSCRIBER = 2;
    static final int CALLEE = 3;
    static final int CALLER = 4;
    static final int RACER = 5;
    static final int RIVAL = 6;
    static final int DOOMED_CALLER = 7;
    static final int LATE_RIVAL = 8;
    static final int TICKER = 9;

    static final long EXACT = 100;
    static final long PREFIX = 101;
    static final long REGISTRATION = 200;
    static final long RACE = 300;
    static final long FIRST_PUBLICATION = 1_000;

    static final Fault KILL = new StubFault(FaultKind.KILL, Set.of(2));
    static final Fault PARTITION = new StubFault(FaultKind.PARTITION, Set.of(0));

    private static final long FOREVER = CallSent.FOREVER;

    private final List<Entry> entries = new ArrayList<>();

    private GoodDay() {}

    static Day day() {
        GoodDay day = new GoodDay();
        day.sessions();
        day.events();
        day.calls();
        day.race();
        day.death();
        day.partition();
        day.ticks();
        day.add(new Quiet(ms(59_000)), new Closed(ms(60_000), CALLEE));
        return new Day(day.entries);
    }

    private void add(Entry... more) {
        Collections.addAll(entries, more);
    }

    private void sessions() {
        add(
                new Opened(ms(-6_000), PUBLISHER, 0, 9_001),
                new Opened(ms(-6_000), SUBSCRIBER, 1, 9_002),
                new Opened(ms(-6_000), CALLEE, 1, 9_003),
                new Opened(ms(-6_000), CALLER, 0, 9_004),
                new Opened(ms(-6_000), RACER, 2, 9_005),
                new Opened(ms(-6_000), RIVAL, 0, 9_006),
                new Opened(ms(-6_000), DOOMED_CALLER, 2, 9_007),
                new Opened(ms(-6_000), LATE_RIVAL, 1, 9_008));
    }

    private void events() {
        add(
                new SubscribeSent(ms(10), SUBSCRIBER, 1, MatchPolicy.EXACT, "a.b"),
                new SubscribeSent(ms(11), SUBSCRIBER, 2, MatchPolicy.PREFIX, "a."),
                new Subscribed(ms(12), SUBSCRIBER, 1, EXACT),
                new Subscribed(ms(13), SUBSCRIBER, 2, PREFIX));
        for (int number = 0; number < 5; number++) {
            long at = 20 + 10L * number;
            publish(at, number, "a.b");
            event(at + 3, EXACT, number);
            event(at + 3, PREFIX, number);
        }
        add(new UnsubscribeSent(ms(70), SUBSCRIBER, 3, EXACT), new Unsubscribed(ms(72), SUBSCRIBER, 3));
        publish(80, 5, "a.b");
        event(83, PREFIX, 5);
        publish(90, 6, "x.y");
    }

    private void publish(long at, long number, String topic) {
        long request = number + 1;
        add(
                new PublishSent(ms(at), PUBLISHER, request, number, topic, true),
                new Published(ms(at + 2), PUBLISHER, request, FIRST_PUBLICATION + number));
    }

    private void event(long at, long subscription, long number) {
        add(new EventReceived(ms(at), SUBSCRIBER, subscription, FIRST_PUBLICATION + number, PUBLISHER, number));
    }

    /** Once a second something comes to the subscriber from its own node, which no fault keeps from it. */
    private void ticks() {
        add(new Opened(ms(-6_000), TICKER, 1, 9_009));
        for (int number = 0; number < 58; number++) {
            long at = 1_000 + 1_000L * number;
            add(
                    new PublishSent(ms(at), TICKER, number + 1, number, "a.tick", false),
                    new EventReceived(ms(at + 1), SUBSCRIBER, PREFIX, 2_000L + number, TICKER, number));
        }
    }

    private void calls() {
        add(new RegisterSent(ms(-5_000), CALLEE, 1, "p", true), new Registered(ms(-4_998), CALLEE, 1, REGISTRATION));
        call(100, 0, 0, FOREVER);
        add(new YieldSent(ms(102), CALLEE, 1, false), new ResultReceived(ms(103), CALLER, 1, false, 0));
        call(110, 1, ms(20), FOREVER);
        add(
                new YieldSent(ms(115), CALLEE, 2, true),
                new YieldSent(ms(116), CALLEE, 2, true),
                new ResultReceived(ms(117), CALLER, 2, true, 0),
                new ResultReceived(ms(118), CALLER, 2, true, 1),
                new YieldSent(ms(119), CALLEE, 2, false),
                new ResultReceived(ms(120), CALLER, 2, false, 1));
        call(130, 2, 0, FOREVER);
        add(
                new InvocationFailed(ms(132), CALLEE, 3, "chaos.error.told"),
                new CallFailed(ms(133), CALLER, 3, "chaos.error.told"));
        call(140, 3, FOREVER, FOREVER);
        add(
                new CancelSent(ms(150), CALLER, 4, CancelMode.KILL),
                new Interrupted(ms(151), CALLEE, 4),
                new InvocationFailed(ms(152), CALLEE, 4, "wamp.error.canceled"),
                new CallFailed(ms(153), CALLER, 4, "wamp.error.canceled"));
        call(160, 4, FOREVER, ms(100));
        add(new CallFailed(ms(260), CALLER, 5, "wamp.error.timeout"), new Interrupted(ms(261), CALLEE, 5));
    }

    private void call(long at, long number, long ownTime, long timeout) {
        long request = number + 1;
        add(
                new CallSent(ms(at), CALLER, request, number, "p", ownTime, timeout),
                new Invoked(ms(at + 1), CALLEE, request, REGISTRATION, CALLER, number));
    }

    private void race() {
        add(
                new RegisterSent(ms(30), RACER, 1, "race", true),
                new RegisterSent(ms(30), RIVAL, 1, "race", true),
                new Registered(ms(32), RACER, 1, RACE),
                new Refused(ms(33), RIVAL, 1, MessageType.REGISTER, "wamp.error.procedure_already_exists"),
                new UnregisterSent(ms(500), RACER, 2, RACE),
                new Unregistered(ms(502), RACER, 2),
                new RegisterSent(ms(600), RIVAL, 2, "race", true),
                new Registered(ms(602), RIVAL, 2, RACE));
    }

    /** Node 2 is killed: its sessions are closed, its caller's invocation is interrupted, and who is told of a gap is told the end. */
    private void death() {
        add(
                new CallSent(ms(4_900), DOOMED_CALLER, 1, 0, "p", FOREVER, FOREVER),
                new Invoked(ms(4_901), CALLEE, 11, REGISTRATION, DOOMED_CALLER, 0),
                new FaultBegan(ms(5_000), KILL),
                new Closed(ms(5_001), RACER),
                new Closed(ms(5_001), DOOMED_CALLER),
                new GapTold(ms(5_100), SUBSCRIBER, 2, true),
                new Interrupted(ms(5_200), CALLEE, 11),
                new InvocationFailed(ms(5_201), CALLEE, 11, "wamp.error.canceled"),
                new GapTold(ms(6_500), SUBSCRIBER, 2, false),
                new FaultEnded(ms(6_600), KILL),
                new Recovered(ms(6_700)));
    }

    /** Node 0 is cut off for ten seconds; a call ends, an event is lost and told, a procedure has two holders until one loses. */
    private void partition() {
        add(
                new CallSent(ms(19_000), CALLER, 12, 5, "p", FOREVER, FOREVER),
                new Invoked(ms(19_001), CALLEE, 12, REGISTRATION, CALLER, 5),
                new FaultBegan(ms(20_000), PARTITION));
        publish(22_000, 7, "a.lost");
        add(
                new GapTold(ms(24_200), SUBSCRIBER, 0, true),
                new CallFailed(ms(24_300), CALLER, 12, "wamp.error.network_failure"),
                new Interrupted(ms(24_300), CALLEE, 12),
                new InvocationFailed(ms(24_301), CALLEE, 12, "wamp.error.canceled"),
                new RegisterSent(ms(25_000), LATE_RIVAL, 1, "race", true),
                new Registered(ms(25_010), LATE_RIVAL, 1, RACE),
                new FaultEnded(ms(30_000), PARTITION),
                new GapTold(ms(30_900), SUBSCRIBER, 0, false),
                new Revoked(ms(31_000), LATE_RIVAL, RACE),
                new Recovered(ms(31_200)));
        publish(40_000, 8, "a.c");
        event(40_003, PREFIX, 8);
    }
}
