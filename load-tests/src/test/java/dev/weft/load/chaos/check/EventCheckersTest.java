package dev.weft.load.chaos.check;

import static dev.weft.load.chaos.check.Day.ms;
import static dev.weft.load.chaos.check.GoodDay.CALLEE;
import static dev.weft.load.chaos.check.GoodDay.EXACT;
import static dev.weft.load.chaos.check.GoodDay.PREFIX;
import static dev.weft.load.chaos.check.GoodDay.PUBLISHER;
import static dev.weft.load.chaos.check.GoodDay.SUBSCRIBER;

import dev.weft.load.chaos.history.Entry;
import dev.weft.load.chaos.history.Entry.Closed;
import dev.weft.load.chaos.history.Entry.EventReceived;
import dev.weft.load.chaos.history.Entry.GapTold;
import dev.weft.load.chaos.history.Entry.PublishSent;
import dev.weft.load.chaos.history.Entry.Published;
import dev.weft.load.chaos.history.Entry.Subscribed;
import dev.weft.load.chaos.history.Entry.UnsubscribeSent;
import dev.weft.load.chaos.history.Entry.Unsubscribed;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EventCheckersTest {
    /** Of the good day's events: by the exact subscription 2n, by the prefix 2n + 1. */
    private static final int FIFTH_BY_PREFIX = 10;

    private static final int LOST = 7;
    private static final int LAST = 8;

    @TestFactory
    Stream<DynamicTest> orderAndDuplicates() {
        return Planted.in(new EventChecker())
                .seen("an event twice", day -> day.twice(EventReceived.class, 1))
                .seen(
                        "an event again much later",
                        day -> day.plus(new EventReceived(ms(75), SUBSCRIBER, PREFIX, 1_000, PUBLISHER, 0)))
                .seen("two events in the wrong order", day -> day.swapped(EventReceived.class, 1, 3))
                .seen("one subscription behind the other", day -> day.moved(EventReceived.class, 0, 34))
                .seen("an event that nobody published", day -> day.changed(event(LAST), "number", 77L))
                .seen("an event before it was published", day -> day.moved(EventReceived.class, FIFTH_BY_PREFIX, 79))
                .seen("an event on another topic", day -> day.changed(PublishSent.class, 5, "topic", "b.b"))
                .seen("an event before SUBSCRIBED", day -> day.moved(Subscribed.class, 0, 24))
                .seen(
                        "an event after UNSUBSCRIBED",
                        day -> day.plus(new EventReceived(ms(84), SUBSCRIBER, EXACT, 1_005, PUBLISHER, 5)))
                .seen("a subscription that nobody has", day -> day.changed(EventReceived.class, 3, "subscription", 5L))
                .seen("a publisher that is none", day -> day.changed(event(LAST), "publisher", 77))
                .seen("an event to another session", day -> day.changed(event(LAST), "session", CALLEE))
                .fine(
                        "an event between UNSUBSCRIBE and UNSUBSCRIBED",
                        day -> day.moved(Unsubscribed.class, 0, 90)
                                .plus(new EventReceived(ms(84), SUBSCRIBER, EXACT, 1_005, PUBLISHER, 5)))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> completeness() {
        return Planted.in(new CompletenessChecker())
                .seen("the first event after SUBSCRIBED is missing", day -> day.without(EventReceived.class, 0))
                .seen("an event in the middle is missing", day -> day.without(EventReceived.class, 4))
                .seen("an event of one of two subscriptions is missing", day -> day.without(EventReceived.class, 9))
                .seen("the last event is missing", day -> day.without(event(LAST)))
                .seen("all events of a publisher are missing", day -> day.without(EventCheckersTest::isOfPublisher))
                .seen("nobody is told of the gap", day -> day.without(GapTold.class, 2))
                .seen("the gap is told of another node", day -> day.changed(GapTold.class, 2, "node", 2))
                .seen("the gap is told to another session", day -> day.changed(GapTold.class, 2, "session", CALLEE))
                .seen("the gap is told after the next event", day -> day.moved(GapTold.class, 2, 40_100))
                .seen("the event was lost long before the gap", day -> day.changed(publication(LOST), "at", ms(10_000)))
                .seen("the event was lost after the gap", day -> day.changed(publication(LOST), "at", ms(35_000)))
                .seen(
                        "an acknowledged event is missing and its publisher is gone",
                        day -> day.without(event(LAST)).plus(new Closed(ms(55_000), PUBLISHER)))
                .seen(
                        "an event is missing long before UNSUBSCRIBE",
                        day -> day.moved(UnsubscribeSent.class, 0, 15_000).moved(Unsubscribed.class, 0, 15_002))
                .fine(
                        "the publisher's session ended before its event was acknowledged",
                        day -> day.without(event(LAST))
                                .without(Published.class, LAST)
                                .plus(new Closed(ms(40_001), PUBLISHER)))
                .fine(
                        "the subscriber's session ended",
                        day -> day.without(entry -> entry.at() > ms(23_000)
                                        && entry instanceof Entry.OfSession of
                                        && of.session() == SUBSCRIBER)
                                .plus(new Closed(ms(24_000), SUBSCRIBER)))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> gaps() {
        return Planted.in(new GapChecker())
                .seen("the first gap has no end", day -> day.without(GapTold.class, 1))
                .seen("the second gap has no end", day -> day.without(GapTold.class, 3))
                .seen("the first end has no gap", day -> day.without(GapTold.class, 0))
                .seen("the second end has no gap", day -> day.without(GapTold.class, 2))
                .seen("a gap on a quiet day", day -> day.plus(gap(10_000, 0, true), gap(10_100, 0, false)))
                .seen("a gap of a node on this side", day -> day.plus(gap(24_200, 2, true), gap(24_300, 2, false)))
                .seen("a gap long after the fault", day -> day.plus(gap(55_000, 0, true), gap(55_100, 0, false)))
                .seen("a gap before the fault", day -> day.moved(GapTold.class, 2, 19_900))
                .seen(
                        "an end to one who was there when the gap was told to others",
                        day -> day.plus(new GapTold(ms(30_900), CALLEE, 0, false)))
                .seen("an end twice", day -> day.plus(gap(32_000, 0, false)))
                .seen("an end to another session", day -> day.changed(GapTold.class, 3, "session", CALLEE))
                .seen("an end of another gap", day -> day.changed(GapTold.class, 3, "node", 2))
                .fine("a gap told twice", day -> day.twice(GapTold.class, 2))
                .fine(
                        "an end to one who came when the gap had been told",
                        day -> day.plus(
                                new Entry.Opened(ms(26_000), 40, 1, 9_040), new GapTold(ms(30_900), 40, 0, false)))
                .tests();
    }

    private static GapTold gap(long millis, int node, boolean open) {
        return new GapTold(ms(millis), SUBSCRIBER, node, open);
    }

    private static Predicate<Entry> event(long number) {
        return entry -> entry instanceof EventReceived event
                && event.publisher() == PUBLISHER
                && event.number() == number
                && event.subscription() == PREFIX;
    }

    private static Predicate<Entry> publication(long number) {
        return entry -> entry instanceof PublishSent sent && sent.session() == PUBLISHER && sent.number() == number;
    }

    private static boolean isOfPublisher(Entry entry) {
        return entry instanceof EventReceived event && event.publisher() == PUBLISHER;
    }
}
