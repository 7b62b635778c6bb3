package dev.weft.broker;

import dev.weft.directory.TopicHistory;
import dev.weft.lane.Lane;
import dev.weft.link.RoutedPressure;
import dev.weft.session.RealmHoldings;
import dev.weft.uri.IdIndex;
import dev.weft.uri.Matches;
import dev.weft.uri.PatternIndex;
import dev.weft.wamp.MatchPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The mirror of one realm's subscriptions on this node: for each, the lanes with at least one subscriber. Reading takes
 * no lock and may be done on any thread; changes are made by whoever speaks for the lane (the table owner for the event
 * loops of this node, a link for its peer) and are serialized here.
 */
public final class SubscriptionTable {
    private final PatternIndex<Subscription> index = new PatternIndex<>();
    private final IdIndex<Subscription> ids = new IdIndex<>(Subscription::id);
    /** By the ids that they have while nobody is subscribed. */
    private final Map<Long, Subscription> histories = new ConcurrentHashMap<>();

    private final RealmHoldings holdings = new RealmHoldings();
    private final InstantSource clock;
    private final MembershipWatchers watchers;
    private final MembershipWatch watch;

    /**
     * @param clock for people: when each subscription was created
     * @param watched whether clients may be told who is subscribed
     */
    public SubscriptionTable(InstantSource clock, boolean watched) {
        this.clock = clock;
        this.watchers = new MembershipWatchers(watched);
        this.watch = new MembershipWatch(this::byId);
    }

    /** What the sessions of this node hold. */
    RealmHoldings holdings() {
        return holdings;
    }

    MembershipWatchers watchers() {
        return watchers;
    }

    /** Who is subscribed, as far as this node is told. */
    public MembershipWatch watch() {
        return watch;
    }

    /**
     * Has the events of a topic or pattern kept: its subscription is there from now on, whether or not anybody is subscribed.
     * Before anybody is.
     */
    public synchronized void keep(MatchPolicy match, String topic, TopicHistory history) {
        Subscription kept =
                index.computeIfAbsent(match, topic, () -> new Subscription(match, topic, clock.millis(), history));
        ids.add(kept);
        histories.put(history.subscription(), kept);
    }

    /** Whether there are histories. */
    public boolean hasHistories() {
        return !histories.isEmpty();
    }

    /**
     * The subscription with a history that has this id, or would have it if nobody was subscribed; null if there is none
     * with this id or it has no history.
     */
    public @Nullable Subscription withHistory(long id) {
        Subscription kept = histories.get(id);
        Subscription found = kept == null ? byId(id) : kept;
        return found == null || found.history() == null ? null : found;
    }

    /** Returns whether the subscription has different ids behind different lanes now. */
    public boolean add(MatchPolicy match, String topic, long id, Lane lane) {
        boolean others;
        boolean contested;
        synchronized (this) {
            Subscription subscription =
                    index.computeIfAbsent(match, topic, () -> new Subscription(match, topic, clock.millis(), null));
            change(subscription, () -> subscription.add(lane, id));
            contested = subscription.isContested();
            others = watchers.update(match, topic, index);
        }
        if (others) {
            watchers.changed();
        }
        return contested;
    }

    /** Returns whether the subscription has different ids behind the lanes that are left. */
    public boolean remove(MatchPolicy match, String topic, Lane lane) {
        boolean others;
        boolean contested;
        synchronized (this) {
            Subscription subscription = index.get(match, topic);
            if (subscription == null) {
                return false;
            }
            remove(subscription, lane);
            contested = subscription.isContested();
            others = watchers.update(match, topic, index);
        }
        if (others) {
            watchers.changed();
        }
        return contested;
    }

    /**
     * Nobody is behind {@code lane} any more.
     *
     * @param contested told of each topic whose subscription has different ids behind the lanes that are left
     */
    public void removeAll(Lane lane, BiConsumer<MatchPolicy, String> contested) {
        if (removeEach(lane, contested)) {
            watchers.changed();
        }
    }

    /** Whether there are other watchers. */
    private synchronized boolean removeEach(Lane lane, BiConsumer<MatchPolicy, String> contested) {
        List<Subscription> behind = new ArrayList<>();
        index.forEach((uri, subscription) -> {
            if (LaneArrays.contains(subscription.lanes(), lane)) {
                behind.add(subscription);
            }
        });
        boolean others = false;
        for (Subscription subscription : behind) {
            remove(subscription, lane);
            others |= watchers.update(subscription.match(), subscription.topic(), index);
            if (subscription.isContested()) {
                contested.accept(subscription.match(), subscription.topic());
            }
        }
        return others;
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

    /** What another node says of how subscribers keep up, or asks. Any thread. */
    public void received(RoutedPressure pressure, Lane node) {
        Subscription subscription = byId(pressure.id());
        if (subscription != null) {
            subscription.pressure(pressure.realm()).received(pressure, node);
        }
    }

    /** Each subscription. Weakly consistent with changes meanwhile. */
    public void forEachSubscription(Consumer<Subscription> action) {
        index.forEach((topic, subscription) -> action.accept(subscription));
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

    /** How many of one match policy. */
    public int size(MatchPolicy match) {
        return index.size(match);
    }
}
