package dev.weft.cluster.table;

import dev.weft.link.RoutedEvent;
import dev.weft.wamp.Identity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is retained of one topic: the newest event that everybody gets, and what was retained after it for some only.
 * Immutable.
 *
 * @param events the newest last; all but the first are for some only
 * @param seen the last publications that were retained, or took back what was, so that one that is told again changes nothing
 */
record RetainedTopic(List<StoredEvent> events, List<Long> seen) {
    /** Of limited distribution; with one more the oldest goes. */
    static final int MOST_LIMITED = 16;

    private static final int SEEN = 8;

    RetainedTopic {
        events = List.copyOf(events);
        seen = List.copyOf(seen);
    }

    /** @param millis since 1970, now */
    static RetainedTopic with(@Nullable RetainedTopic before, RoutedEvent event, long millis) {
        if (before != null && before.seen.contains(event.publication())) {
            return before;
        }
        List<Long> seen = new ArrayList<>(before == null ? List.of() : before.seen);
        seen.add(event.publication());
        List<Long> last = seen.subList(Math.max(0, seen.size() - SEEN), seen.size());
        if (event.payload().isEmpty()) {
            return new RetainedTopic(List.of(), last);
        }
        List<StoredEvent> kept =
                new ArrayList<>(before == null || event.receivers() == null ? List.of() : before.events);
        long stamp = before == null ? millis : Math.max(millis, before.stamp() + 1);
        kept.add(new StoredEvent(stamp, event));
        if (kept.size() > MOST_LIMITED + 1) {
            kept.remove(1);
        }
        return new RetainedTopic(kept, last);
    }

    private long stamp() {
        return events.isEmpty() ? 0 : events.get(events.size() - 1).stamp();
    }

    /** The newest that {@code receiver} would have got; null if there is none. */
    @Nullable
    StoredEvent newestFor(Identity receiver) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).isFor(receiver)) {
                return events.get(i);
            }
        }
        return null;
    }

    /** Of two that the sides of a split have, the one that stays. */
    static RetainedTopic newer(RetainedTopic one, RetainedTopic other) {
        if (one.events.isEmpty() || other.events.isEmpty()) {
            return one.events.isEmpty() ? other : one;
        }
        StoredEvent last = one.events.get(one.events.size() - 1);
        return last.isNewerThan(other.events.get(other.events.size() - 1)) ? one : other;
    }

    int bytes() {
        return events.stream().mapToInt(StoredEvent::bytes).sum();
    }
}
