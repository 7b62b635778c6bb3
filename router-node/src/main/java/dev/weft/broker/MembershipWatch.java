package dev.weft.broker;

import dev.weft.broker.MembershipObserver.Change;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedMemberships;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who is subscribed to what in one realm of the whole cluster, as each event loop tells it to a node that has subscribers
 * to subscription meta events; and what that says about them. So each node derives these events for its own subscribers, in
 * the specified order, also when a node dies that can tell nothing any more. Empty while nobody on this node listens.
 * Thread-safe: whoever brings news takes turns, and the observer is told meanwhile.
 */
public final class MembershipWatch {
    /** What one event loop told. */
    private static final class Part {
        private final Map<Long, Set<Long>> sessions = new LinkedHashMap<>();
        private boolean complete;
    }

    /** What the event loops behind one lane told. */
    private static final class Source {
        private final Map<Integer, Part> parts = new HashMap<>();
        private int expected = 1;

        private boolean isComplete() {
            return parts.size() >= expected && parts.values().stream().allMatch(part -> part.complete);
        }
    }

    private final LongFunction<@Nullable Subscription> byId;
    private MembershipObserver observer = MembershipObserver.NOBODY;
    private final Map<Lane, Source> sources = new HashMap<>();
    private final Map<Long, Integer> members = new HashMap<>();

    /** @param byId finds a subscription without a lock */
    MembershipWatch(LongFunction<@Nullable Subscription> byId) {
        this.byId = byId;
    }

    /** {@code told} is told from now on, and nobody else. */
    public synchronized void observedBy(MembershipObserver told) {
        observer = told;
    }

    /** @param lane of the event loop that tells, or of the link over which it does */
    public synchronized void told(RoutedMemberships news, Lane lane) {
        switch (news.kind()) {
            case BEGIN -> begin(news, lane);
            case STOPPED -> stopped(news, lane);
            case END -> part(news, lane).complete = true;
            default -> {
                Part part = part(news, lane);
                for (int i = 0; i < news.pairs().length; i += 2) {
                    apply(news, part, new Change(news.pairs()[i], news.pairs()[i + 1], news.sequence()));
                }
            }
        }
    }

    private void begin(RoutedMemberships news, Lane lane) {
        stopped(news, lane);
        Source source = sources.computeIfAbsent(lane, none -> new Source());
        source.expected = lane instanceof LocalLane ? 1 : news.parts();
        source.parts.put(news.loop(), new Part());
    }

    private void stopped(RoutedMemberships news, Lane lane) {
        Source source = sources.get(lane);
        Part part = source == null ? null : source.parts.remove(news.loop());
        if (part != null) {
            part.sessions.forEach((subscription, sessions) -> count(subscription, -sessions.size()));
        }
        if (source != null && source.parts.isEmpty()) {
            sources.remove(lane);
        }
    }

    private Part part(RoutedMemberships news, Lane lane) {
        return sources.computeIfAbsent(lane, none -> new Source())
                .parts
                .computeIfAbsent(news.loop(), none -> new Part());
    }

    private void apply(RoutedMemberships news, Part part, Change change) {
        switch (news.kind()) {
            case PRESENT -> add(part, change);
            case JOINED, FIRST_JOINED -> {
                Subscription subscription = byId.apply(change.subscription());
                boolean first = isAlone(subscription, change.subscription())
                        .orElse(news.kind() == RoutedMemberships.Kind.FIRST_JOINED);
                if (add(part, change)) {
                    if (first && subscription != null) {
                        observer.created(subscription, change);
                    }
                    observer.subscribed(change);
                }
            }
            default -> {
                if (remove(part, change)) {
                    observer.unsubscribed(change);
                    if (isAlone(byId.apply(change.subscription()), change.subscription())
                            .orElse(news.kind() == RoutedMemberships.Kind.LAST_LEFT)) {
                        observer.deleted(change);
                    }
                }
            }
        }
    }

    private boolean add(Part part, Change change) {
        boolean added = part.sessions
                .computeIfAbsent(change.subscription(), none -> new LinkedHashSet<>(2))
                .add(change.session());
        if (added) {
            count(change.subscription(), 1);
        }
        return added;
    }

    private boolean remove(Part part, Change change) {
        Set<Long> sessions = part.sessions.get(change.subscription());
        if (sessions == null || !sessions.remove(change.session())) {
            return false;
        }
        if (sessions.isEmpty()) {
            part.sessions.remove(change.subscription());
        }
        count(change.subscription(), -1);
        return true;
    }

    private void count(long subscription, int more) {
        members.merge(subscription, more, (before, change) -> before + change == 0 ? null : before + change);
    }

    /** Whether nobody at all is known to be subscribed; empty if some event loop has not told all that it knows. */
    private Known isAlone(@Nullable Subscription subscription, long id) {
        if (members.containsKey(id)) {
            return Known.NO;
        }
        if (subscription != null) {
            for (Lane lane : subscription.lanes()) {
                Source source = sources.get(lane);
                if (source == null || !source.isComplete()) {
                    return Known.UNKNOWN;
                }
            }
        }
        return Known.YES;
    }

    private enum Known {
        YES,
        NO,
        UNKNOWN;

        private boolean orElse(boolean told) {
            return this == UNKNOWN ? told : this == YES;
        }
    }

    /** The node behind {@code lane} is gone, and with it its sessions; the tables show nothing of it any more. */
    public synchronized void laneDown(Lane lane) {
        Source source = sources.remove(lane);
        if (source == null) {
            return;
        }
        for (Part part : source.parts.values()) {
            part.sessions.forEach((subscription, sessions) -> {
                for (long session : List.copyOf(sessions)) {
                    gone(new Change(subscription, session, 0));
                }
            });
        }
    }

    private void gone(Change change) {
        count(change.subscription(), -1);
        observer.unsubscribed(change);
        if (isAlone(byId.apply(change.subscription()), change.subscription()).orElse(false)) {
            observer.deleted(change);
        }
    }

    /** How many subscribers are known: nobody, if nobody on this node listens. */
    public synchronized int size() {
        return members.values().stream().mapToInt(Integer::intValue).sum();
    }
}
