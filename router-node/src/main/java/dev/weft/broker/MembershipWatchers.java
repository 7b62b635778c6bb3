package dev.weft.broker;

import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.uri.Matches;
import dev.weft.uri.PatternIndex;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes have subscribers to subscription meta events of one realm: they are told who is subscribed to what. While
 * there are none, a subscription costs no more than to find that out. Read by any thread; changed by
 * {@link SubscriptionTable} alone.
 */
final class MembershipWatchers {
    /**
     * One node, from its first such subscriber to its last: one that comes back is another watcher.
     *
     * @param lane to that node; null for this one
     */
    static final class Watcher {
        private final @Nullable Lane lane;

        private Watcher(@Nullable Lane lane) {
            this.lane = lane;
        }

        @Nullable
        Lane lane() {
            return lane;
        }
    }

    static final Watcher[] NONE = {};

    private final boolean enabled;
    private final Matches<Subscription> matches = new Matches<>();
    private final List<Runnable> tellers = new CopyOnWriteArrayList<>();
    private volatile Watcher[] present = NONE;

    /** @param enabled whether clients have the meta API: where they do not, nobody watches */
    MembershipWatchers(boolean enabled) {
        this.enabled = enabled;
    }

    /** Not to be changed. */
    Watcher[] present() {
        return present;
    }

    /** @param changed run whenever there are others; any thread */
    void tell(Runnable changed) {
        tellers.add(changed);
    }

    /** How many event loops tell. */
    int tellers() {
        return tellers.size();
    }

    void changed() {
        tellers.forEach(Runnable::run);
    }

    /**
     * An interest came or went.
     *
     * @return whether there are other watchers now; {@link #changed} is to be called then
     */
    boolean update(MatchPolicy match, String uri, PatternIndex<Subscription> index) {
        if (!enabled || !MetaTopics.concern(match, uri)) {
            return false;
        }
        List<Watcher> now = new ArrayList<>();
        for (String topic : MetaTopics.ALL) {
            index.matchAll(topic, matches);
            for (int i = 0; i < matches.size(); i++) {
                for (Lane lane : matches.get(i).lanes()) {
                    add(now, lane instanceof LocalLane ? null : lane);
                }
            }
        }
        matches.clear();
        Watcher[] before = present;
        boolean same = now.size() == before.length && now.containsAll(List.of(before));
        if (!same) {
            present = now.toArray(NONE);
        }
        return !same;
    }

    private void add(List<Watcher> watchers, @Nullable Lane lane) {
        if (watchers.stream().noneMatch(watcher -> watcher.lane == lane)) {
            watchers.add(known(lane));
        }
    }

    private Watcher known(@Nullable Lane lane) {
        for (Watcher watcher : present) {
            if (watcher.lane == lane) {
                return watcher;
            }
        }
        return new Watcher(lane);
    }
}
