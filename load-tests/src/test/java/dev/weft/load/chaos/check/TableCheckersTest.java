package dev.weft.load.chaos.check;

import static dev.weft.load.chaos.check.Day.ms;
import static dev.weft.load.chaos.check.GoodDay.CALLEE;
import static dev.weft.load.chaos.check.GoodDay.CALLER;
import static dev.weft.load.chaos.check.GoodDay.RACE;
import static dev.weft.load.chaos.check.GoodDay.RIVAL;
import static dev.weft.load.chaos.check.GoodDay.SUBSCRIBER;

import dev.weft.load.chaos.fault.Fault;
import dev.weft.load.chaos.fault.FaultKind;
import dev.weft.load.chaos.history.Entry;
import dev.weft.load.chaos.history.Entry.Closed;
import dev.weft.load.chaos.history.Entry.EventReceived;
import dev.weft.load.chaos.history.Entry.FaultBegan;
import dev.weft.load.chaos.history.Entry.FaultEnded;
import dev.weft.load.chaos.history.Entry.Opened;
import dev.weft.load.chaos.history.Entry.Published;
import dev.weft.load.chaos.history.Entry.Recovered;
import dev.weft.load.chaos.history.Entry.Refused;
import dev.weft.load.chaos.history.Entry.RegisterSent;
import dev.weft.load.chaos.history.Entry.Registered;
import dev.weft.load.chaos.history.Entry.Revoked;
import dev.weft.load.chaos.history.Entry.Subscribed;
import dev.weft.load.chaos.history.Entry.UnregisterSent;
import dev.weft.load.chaos.history.Entry.Unregistered;
import dev.weft.load.chaos.history.Entry.Unsubscribed;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TableCheckersTest {
    private static final Fault ELSEWHERE = new StubFault(FaultKind.PARTITION, Set.of(2));

    @TestFactory
    Stream<DynamicTest> exclusivity() {
        return Planted.in(new ExclusivityChecker())
                .seen(
                        "both of a race are granted",
                        day -> day.without(Refused.class, 0).plus(new Registered(ms(33), RIVAL, 1, RACE)))
                .seen("granted before it was given up", day -> day.moved(UnregisterSent.class, 0, 700))
                .seen("granted though it was never given up", day -> day.without(UnregisterSent.class, 0))
                .seen("nobody loses after the partition", day -> day.without(Revoked.class, 0))
                .seen("somebody loses long after the partition", day -> day.moved(Revoked.class, 0, 40_000))
                .seen("both lose after the partition", day -> day.plus(new Revoked(ms(31_010), RIVAL, RACE)))
                .seen(
                        "both are granted without a partition",
                        day -> day.without(entry -> entry.at() > ms(10_000) && isOfFault(entry)))
                .seen(
                        "both are granted though the partition is elsewhere",
                        day -> day.changed(FaultBegan.class, 1, "fault", ELSEWHERE)
                                .changed(FaultEnded.class, 1, "fault", ELSEWHERE))
                .seen(
                        "both are granted long after the partition",
                        day -> day.moved(RegisterSent.class, 4, 50_000)
                                .moved(Registered.class, 3, 50_010)
                                .without(Revoked.class, 0))
                .seen("a second one on the far side", day -> day.plus(granted(26_000, CALLEE, true)))
                .seen("a second one on the near side", day -> day.plus(granted(26_000, CALLER, true)))
                .seen("one shares what another has alone", day -> day.plus(granted(700, CALLEE, false)))
                .fine(
                        "an end and a grant in one batch",
                        day -> day.without(UnregisterSent.class, 0)
                                .without(Unregistered.class, 0)
                                .plus(new Closed(ms(620), GoodDay.RACER)))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> requests() {
        return Planted.in(new RequestChecker())
                .seen("no SUBSCRIBED", day -> day.without(Subscribed.class, 0))
                .seen("no UNSUBSCRIBED", day -> day.without(Unsubscribed.class, 0))
                .seen("no REGISTERED", day -> day.without(Registered.class, 0))
                .seen("no UNREGISTERED", day -> day.without(Unregistered.class, 0))
                .seen("no ERROR", day -> day.without(Refused.class, 0))
                .seen("no PUBLISHED", day -> day.without(Published.class, 3))
                .seen("SUBSCRIBED twice", day -> day.twice(Subscribed.class, 0))
                .seen("REGISTERED twice", day -> day.twice(Registered.class, 1))
                .seen("REGISTERED and ERROR", day -> day.plus(new Registered(ms(34), RIVAL, 1, RACE)))
                .seen("an answer to nothing", day -> day.plus(new Unsubscribed(ms(99), SUBSCRIBER, 99)))
                .seen("SUBSCRIBED late", day -> day.moved(Subscribed.class, 0, 4_500))
                .seen("REGISTERED late", day -> day.moved(Registered.class, 0, 4_500))
                .seen("PUBLISHED late", day -> day.moved(Published.class, 0, 4_500))
                .fine(
                        "the session ended first",
                        day -> day.without(Unregistered.class, 0).plus(new Closed(ms(501), GoodDay.RACER)))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> ids() {
        return Planted.in(new IdChecker())
                .seen("two sessions with one id", day -> day.changed(Opened.class, 1, "id", 9_001L))
                .seen("two sessions at one node with one id", day -> day.changed(Opened.class, 3, "id", 9_001L))
                .seen("a session with the id of one that is gone", day -> day.plus(new Opened(ms(9_000), 30, 2, 9_005)))
                .seen("two publications with one id", day -> day.changed(Published.class, 1, "publication", 1_000L))
                .seen(
                        "a late publication with an old id",
                        day -> day.changed(Published.class, 8, "publication", 1_007L))
                .seen("nobody's events with one id", day -> day.changed(Published.class, 6, "publication", 1_005L))
                .seen(
                        "publisher and subscriber told two",
                        day -> day.changed(Published.class, 3, "publication", 5_000L))
                .seen("two subscriptions told two", day -> day.changed(EventReceived.class, 1, "publication", 5_000L))
                .seen(
                        "an event with the id of the next",
                        day -> day.changed(EventReceived.class, 1, "publication", 1_001L))
                .seen("an event with the id before", day -> day.changed(EventReceived.class, 2, "publication", 1_000L))
                .seen("two publishers with one id", day -> day.changed(EventReceived.class, 11, "publication", 1_000L))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> recovery() {
        return Planted.in(new RecoveryChecker())
                .seen("not before the next fault", day -> day.without(Recovered.class, 0))
                .seen("never", day -> day.without(Recovered.class, 1))
                .seen("never from any", day -> day.without(entry -> entry instanceof Recovered))
                .seen("late from a kill", day -> day.moved(Recovered.class, 0, 9_700))
                .seen("late from a partition", day -> day.moved(Recovered.class, 1, 33_100))
                .seen("late from a partition that was short", day -> day.moved(FaultEnded.class, 1, 27_000))
                .seen("a fault that has no end", day -> day.without(FaultEnded.class, 1))
                .seen("one more fault that has no end", day -> day.plus(new FaultBegan(ms(50_000), ELSEWHERE)))
                .seen("never from the last fault", day -> day.plus(elsewhere(50_000, 51_000)))
                .seen(
                        "late from the last fault",
                        day -> day.plus(elsewhere(50_000, 51_000)).plus(new Recovered(ms(54_100))))
                .fine("from two faults at once", day -> day.plus(elsewhere(25_000, 26_000)))
                .tests();
    }

    private static boolean isOfFault(Entry entry) {
        return entry instanceof FaultBegan || entry instanceof FaultEnded || entry instanceof Recovered;
    }

    private static Entry[] elsewhere(long began, long ended) {
        return new Entry[] {new FaultBegan(ms(began), ELSEWHERE), new FaultEnded(ms(ended), ELSEWHERE)};
    }

    private static Entry[] granted(long millis, int session, boolean single) {
        return new Entry[] {
            new RegisterSent(ms(millis), session, 60, "race", single), new Registered(ms(millis + 5), session, 60, RACE)
        };
    }
}
