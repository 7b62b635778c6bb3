package dev.weft.load.chaos.check;

import dev.weft.load.chaos.history.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is published after SUBSCRIBED was received, wherever, arrives, unless the subscriber knows that it may have missed it: its
 * session was closed, or it was told of a gap between what came before and what came after. See {@link Excuses} for what else
 * keeps an event from being due.
 */
final class CompletenessChecker implements Checker {
    @Override
    public String name() {
        return "no silent gap";
    }

    @Override
    public void check(Evidence evidence, Consumer<String> violations) {
        Map<Integer, List<Entry.PublishSent>> published = Publications.of(evidence);
        Excuses excuses = new Excuses(evidence);
        for (Interval interval : Subscriptions.of(evidence).intervals()) {
            published.forEach((publisher, sent) -> {
                if (publisher != interval.life().session()) {
                    check(evidence, interval, sent, excuses, violations);
                }
            });
        }
    }

    private static void check(
            Evidence evidence,
            Interval interval,
            List<Entry.PublishSent> published,
            Excuses excuses,
            Consumer<String> violations) {
        int first = firstAfter(published, interval.from());
        if (first == published.size()) {
            return;
        }
        List<Entry.EventReceived> events = interval.eventsOf(published.get(0).session());
        Set<Long> arrived = new HashSet<>();
        events.forEach(event -> arrived.add(event.number()));
        long until = Math.min(interval.givenUp(), interval.life().closed());
        List<Entry.PublishSent> missing = published.subList(first, published.size()).stream()
                .takeWhile(sent -> sent.at() < until)
                .filter(sent -> interval.matches(sent.topic()) && !arrived.contains(sent.number()))
                .filter(sent -> !excuses.excuse(interval, sent, next(events, sent.number())))
                .toList();
        if (!missing.isEmpty()) {
            violations.accept(
                    describe(evidence, interval, missing) + "; gaps told: " + excuses.told(interval, missing.get(0)));
        }
    }

    private static String describe(Evidence evidence, Interval interval, List<Entry.PublishSent> missing) {
        Entry.PublishSent first = missing.get(0);
        Entry.PublishSent last = missing.get(missing.size() - 1);
        return interval + " since " + evidence.when(interval.from()) + " misses " + missing.size() + " of session "
                + first.session() + " at node-"
                + (evidence.life(first.session()).node() + 1) + ": numbers " + first.number() + " to " + last.number()
                + ", published " + evidence.when(first.at()) + " to " + evidence.when(last.at());
    }

    /** When an event that was published later was received; {@link Life#NEVER} if none was. */
    private static long next(List<Entry.EventReceived> events, long number) {
        for (Entry.EventReceived event : events) {
            if (event.number() > number) {
                return event.at();
            }
        }
        return Life.NEVER;
    }

    private static int firstAfter(List<Entry.PublishSent> published, long time) {
        int low = 0;
        int high = published.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (published.get(middle).at() > time) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
