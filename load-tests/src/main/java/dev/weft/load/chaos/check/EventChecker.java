package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Events of one publisher reach a subscriber in the order published, over all its subscriptions, by each at most once; only what
 * was published, only by a subscription that matches, none before SUBSCRIBED and none after UNSUBSCRIBED.
 */
final class EventChecker implements Checker {
    @Override
    public String name() {
        return "order, no duplicates";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        Subscriptions subscriptions = Subscriptions.of(evidence);
        subscriptions.strays().forEach(event -> violations.accept("no subscription is held for " + event));
        checkOrder(evidence, violations);
        Map<Integer, List<Entry.PublishSent>> published = Publications.of(evidence);
        for (Interval interval : subscriptions.intervals()) {
            published.forEach(
                    (publisher, sent) -> checkInterval(interval, sent, interval.eventsOf(publisher), violations));
        }
    }

    private static void checkInterval(
            Interval interval,
            List<Entry.PublishSent> published,
            List<Entry.EventReceived> events,
            Consumer<String> violations) {
        long last = -1;
        for (Entry.EventReceived event : events) {
            if (event.number() == last) {
                violations.accept("twice at " + interval + ": " + event);
            }
            last = event.number();
            Entry.PublishSent sent = event.number() < published.size() ? published.get((int) event.number()) : null;
            if (sent == null || sent.at() > event.at()) {
                violations.accept("never published: " + event);
            } else if (!interval.matches(sent.topic())) {
                violations.accept("on " + sent.topic() + " to " + interval + ": " + event);
            }
        }
    }

    /** Over all subscriptions of a session; by several of them, the same event comes several times in a row. */
    private static void checkOrder(Evidence evidence, Consumer<String> violations) {
        Map<Pair, Long> last = new HashMap<>();
        for (Entry entry : evidence.entries()) {
            if (entry instanceof Entry.EventReceived event) {
                if (!evidence.knows(event.publisher())) {
                    violations.accept("nobody published " + event);
                }
                Long before = last.put(new Pair(event.publisher(), event.session()), event.number());
                if (before != null && before > event.number()) {
                    violations.accept("after number " + before + " came " + event);
                }
            }
        }
    }

    private record Pair(int publisher, int subscriber) {}
}
