package dev.weft.broker;

import dev.weft.lane.Lane;
import dev.weft.uri.Matches;
import dev.weft.uri.PatternIndex;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The mirror of one realm's subscriptions on this node: for each, the lanes with at least one subscriber. Reading takes
 * no lock and may be done on any thread; changes are made by whoever speaks for the lane (the table owner for the event
 * loops of this node, a link for its peer) and are serialized here.
 */
public final class SubscriptionTable {
    private final PatternIndex<Subscription> index = new PatternIndex<>();
    private final SubscriptionIds ids = new SubscriptionIds();

    /** Returns whether the subscription has different ids behind different lanes now. */
    public synchronized boolean add(MatchPolicy match, String topic, long id, Lane lane) {
        Subscription subscription = index.computeIfAbsent(match, topic, () -> new Subscription(match, topic));
        change(subscription, () -> subscription.add(lane, id));
        return subscription.isContested();
    }

    /** Returns whether the subscription has different ids behind the lanes that are left. */
    public synchronized boolean remove(MatchPolicy match, String topic, Lane lane) {
        Subscription subscription = index.get(match, topic);
        if (subscription == null) {
            return false;
        }
        remove(subscription, lane);
        return subscription.isContested();
    }

    /**
     * Nobody is behind {@code lane} any more.
     *
     * @param contested told of each topic whose subscription has different ids behind the lanes that are left
     */
    public synchronized void removeAll(Lane lane, BiConsumer<MatchPolicy, String> contested) {
        List<Subscription> behind = new ArrayList<>();
        index.forEach((uri, subscription) -> {
            if (LaneArrays.contains(subscription.lanes(), lane)) {
                behind.add(subscription);
            }
        });
        for (Subscription subscription : behind) {
            remove(subscription, lane);
            if (subscription.isContested()) {
                contested.accept(subscription.match(), subscription.topic());
            }
        }
    }

    private void remove(Subscription subscription, Lane lane) {
        change(subscription, () -> subscription.remove(lane));
        if (subscription.isEmpty()) {
            index.remove(subscription.match(), subscription.topic());
            ids.remove(subscription.id(), subscription);
        }
    }

    private void change(Subscription subscription, Runnable change) {
        long before = subscription.id();
        change.run();
        if (subscription.id() != before) {
            ids.remove(before, subscription);
            ids.add(subscription);
        }
    }

    /** Null if nobody has subscribed. */
    public @Nullable Subscription find(MatchPolicy match, String topic) {
        return index.get(match, topic);
    }

    /** The exact subscription, then those by prefix, then those by wildcard that match {@code topic}. */
    public void match(String topic, Matches<Subscription> found) {
        index.matchAll(topic, found);
    }

    public @Nullable Subscription byId(long id) {
        return ids.find(id);
    }

    /** Each lane of each subscription; those of one come one after the other. Weakly consistent with changes meanwhile. */
    public void forEach(Visitor visitor) {
        index.forEach((topic, subscription) -> {
            for (Lane lane : subscription.lanes()) {
                visitor.visit(subscription.match(), topic, idBehind(subscription, lane), lane);
            }
        });
    }

    /** Two sides of a split may have proposed different ids: only then it takes the lock. */
    private long idBehind(Subscription subscription, Lane lane) {
        long id = subscription.id();
        if (!subscription.isContested() && subscription.id() == id) {
            return id;
        }
        synchronized (this) {
            return subscription.idBehind(lane);
        }
    }

    /** Takes what the table holds. */
    @FunctionalInterface
    public interface Visitor {
        void visit(MatchPolicy match, String topic, long subscription, Lane lane);
    }

    public int size() {
        return index.size();
    }
}
