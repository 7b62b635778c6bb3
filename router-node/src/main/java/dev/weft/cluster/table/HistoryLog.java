package dev.weft.cluster.table;

import dev.weft.directory.HistoryQuery;
import dev.weft.wamp.ReceiverFilter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of one history, in the order in which they were taken in: that order is the same for everybody. It never
 * holds more than its bounds allow. What is done to it depends on nothing but its arguments, so that backups are equal.
 * Not thread-safe: belongs to the thread of its place in the store.
 */
final class HistoryLog {
    /** More than this one result does not hold, unless it is a single event. */
    static final int MOST_BYTES_FOUND = 2 << 20;

    /** Of publications that have gone, so that one which is told again is not taken in again. */
    private static final int REMEMBERED = 1000;

    /** What an event takes beside what it contains, in bytes, roughly. */
    private static final int OVERHEAD = 400;

    private static final HistoryBounds NOTHING = new HistoryBounds(1, 0, 0);

    private final Deque<StoredEvent> events = new ArrayDeque<>();
    private final Set<Long> seen = new LinkedHashSet<>();
    private HistoryBounds bounds;
    private long bytes;

    HistoryLog(HistoryBounds bounds) {
        this.bounds = bounds;
    }

    /** @param seen the publications that are known, those of the events among them, in their order */
    HistoryLog(HistoryBounds bounds, Collection<StoredEvent> events, Collection<Long> seen) {
        this(bounds);
        this.seen.addAll(seen);
        for (StoredEvent event : events) {
            this.events.add(event);
            bytes += bytesOf(event);
        }
    }

    HistoryBounds bounds() {
        return bounds;
    }

    Collection<StoredEvent> events() {
        return List.copyOf(events);
    }

    Collection<Long> seen() {
        return List.copyOf(seen);
    }

    long bytes() {
        return bytes;
    }

    /**
     * Takes in those that it has not seen.
     *
     * @param allowed from now on
     * @param now milliseconds since 1970
     */
    void append(List<StoredEvent> added, HistoryBounds allowed, long now) {
        bounds = allowed;
        trim(0, 0);
        for (StoredEvent event : added) {
            long size = bytesOf(event);
            if (size <= bounds.bytes() && seen.add(event.event().publication())) {
                trim(1, size);
                events.add(event);
                bytes += size;
            }
        }
        while (!events.isEmpty() && events.getFirst().stamp() < bounds.horizon(now)) {
            removeFirst();
        }
        Iterator<Long> eldest = seen.iterator();
        for (int tooMany = seen.size() - events.size() - REMEMBERED; tooMany > 0; tooMany--) {
            eldest.next();
            eldest.remove();
        }
    }

    /** Makes room for so much. */
    private void trim(int more, long moreBytes) {
        while (!events.isEmpty() && (events.size() + more > bounds.events() || bytes + moreBytes > bounds.bytes())) {
            removeFirst();
        }
    }

    private void removeFirst() {
        bytes -= bytesOf(events.removeFirst());
    }

    /** @param now milliseconds since 1970 */
    HistoryPage find(HistoryQuery query, long now) {
        long horizon = bounds.horizon(now);
        List<StoredEvent> present =
                events.stream().filter(event -> event.stamp() >= horizon).toList();
        HistoryQuery.Stretch stretch = query.stretch();
        for (long publication : new long[] {stretch.from(), stretch.after(), stretch.before(), stretch.until()}) {
            if (publication != 0 && place(present, publication) < 0) {
                return HistoryPage.without(publication);
            }
        }
        int begin = Math.max(place(present, stretch.from()), place(present, stretch.after()) + 1);
        int end = present.size();
        if (stretch.before() != 0) {
            end = place(present, stretch.before());
        }
        if (stretch.until() != 0) {
            end = Math.min(end, place(present, stretch.until()) + 1);
        }
        return begin >= end ? HistoryPage.EMPTY : collect(present.subList(begin, end), query);
    }

    /** -1 if it is not there. */
    private static int place(List<StoredEvent> present, long publication) {
        for (int i = 0; publication != 0 && i < present.size(); i++) {
            if (present.get(i).event().publication() == publication) {
                return i;
            }
        }
        return -1;
    }

    private static HistoryPage collect(List<StoredEvent> within, HistoryQuery query) {
        List<StoredEvent> found = new ArrayList<>();
        long size = 0;
        for (int i = 0; i < within.size() && found.size() < query.limit(); i++) {
            StoredEvent event = within.get(query.reverse() ? within.size() - 1 - i : i);
            if (isFor(query, event)) {
                size += bytesOf(event);
                if (size > MOST_BYTES_FOUND && !found.isEmpty()) {
                    return HistoryPage.tooLong(found.size());
                }
                found.add(event);
            }
        }
        return new HistoryPage(found, 0, 0);
    }

    private static boolean isFor(HistoryQuery query, StoredEvent event) {
        return query.span().includes(event.stamp())
                && (query.topic() == null || query.topic().equals(event.event().topic()))
                && event.isFor(query.reader());
    }

    /** What it counts against bounds. */
    static long bytesOf(StoredEvent stored) {
        ReceiverFilter receivers = stored.event().receivers();
        long named = 0;
        if (receivers != null) {
            named += bytesOf(receivers.excludeAuthid()) + bytesOf(receivers.excludeAuthrole());
            named += bytesOf(receivers.eligibleAuthid()) + bytesOf(receivers.eligibleAuthrole());
        }
        return OVERHEAD + stored.bytes() + named;
    }

    private static long bytesOf(@Nullable List<String> names) {
        return names == null
                ? 0
                : names.stream().mapToLong(name -> OVERHEAD / 8 + name.length()).sum();
    }

    /** Of what the two sides of a split have, all that the bounds allow: each in its own order, the older first. */
    static HistoryLog merged(HistoryLog ours, HistoryLog theirs) {
        Set<Long> known = new LinkedHashSet<>(ours.seen);
        Deque<StoredEvent> left = new ArrayDeque<>(ours.events);
        Deque<StoredEvent> right = new ArrayDeque<>();
        theirs.events.stream()
                .filter(event -> !known.contains(event.event().publication()))
                .forEach(right::add);
        List<StoredEvent> both = new ArrayList<>(left.size() + right.size());
        while (!left.isEmpty() || !right.isEmpty()) {
            boolean oursFirst = right.isEmpty()
                    || (!left.isEmpty()
                            && left.getFirst().stamp() <= right.getFirst().stamp());
            both.add(oursFirst ? left.removeFirst() : right.removeFirst());
        }
        Set<Long> gone = new LinkedHashSet<>(ours.seen);
        gone.addAll(theirs.seen);
        both.forEach(event -> gone.remove(event.event().publication()));
        HistoryLog merged = new HistoryLog(ours.bounds, List.of(), gone);
        merged.append(both, ours.bounds, 0);
        return merged;
    }

    /** What a history says that nothing was kept in. */
    static HistoryPage absent(HistoryQuery query) {
        return new HistoryLog(NOTHING).find(query, 0);
    }
}
