package dev.weft.broker;

import dev.weft.broker.MembershipWatchers.Watcher;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.lane.LongMap;
import dev.weft.link.RoutedMemberships;
import dev.weft.link.RoutedMemberships.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells each node that watches who of one event loop's sessions is subscribed: all, and then every change. Belongs to
 * its event loop.
 */
final class LoopMemberships {
    /** Numbers in one message: two for each subscriber. */
    private static final int MOST_NUMBERS = 1024;

    private static final long[] NOTHING = {};

    private final String realm;
    private final LocalLane lane;
    private final SubscriptionTable table;
    private final LongMap<LoopSubscription> subscriptions;
    private final List<Watcher> told = new ArrayList<>(0);
    private long sequence;

    LoopMemberships(String realm, LocalLane lane, SubscriptionTable table, LongMap<LoopSubscription> subscriptions) {
        this.realm = realm;
        this.lane = lane;
        this.table = table;
        this.subscriptions = subscriptions;
    }

    /** Who is subscribed is about to change: everybody who watches is told of how it was before. */
    void changing() {
        if (table.watchers().present().length > 0 || !told.isEmpty()) {
            catchUp();
        }
    }

    /** A session is subscribed, and has its answer. */
    void joined(LoopSubscription subscription, long session) {
        changed(subscription, session, subscription.size() == 1 ? Kind.FIRST_JOINED : Kind.JOINED, Kind.JOINED);
    }

    /** A session is subscribed no more; the tables still show the interest of its event loop. */
    void left(LoopSubscription subscription, long session) {
        changed(subscription, session, subscription.size() == 0 ? Kind.LAST_LEFT : Kind.LEFT, Kind.LEFT);
    }

    private void changed(LoopSubscription subscription, long session, Kind here, Kind elsewhereToo) {
        if (told.isEmpty() || !MetaTopics.tellOf(subscription.key().topic())) {
            return;
        }
        sequence++;
        Kind kind = isHereAlone(subscription.id()) ? here : elsewhereToo;
        for (Watcher watcher : told) {
            send(watcher, kind, sequence, subscription.id(), session);
        }
    }

    private boolean isHereAlone(long id) {
        Subscription shared = table.byId(id);
        return shared == null || (shared.lanes().length == 1 && shared.lanes()[0] == lane);
    }

    /** There are other watchers. */
    void catchUp() {
        List<Watcher> watchers = Arrays.asList(table.watchers().present());
        for (Watcher watcher : List.copyOf(told)) {
            if (!watchers.contains(watcher)) {
                told.remove(watcher);
                send(watcher, Kind.STOPPED, 0, NOTHING);
            }
        }
        for (Watcher watcher : watchers) {
            if (!told.contains(watcher)) {
                told.add(watcher);
                tellAll(watcher);
            }
        }
    }

    private void tellAll(Watcher watcher) {
        send(watcher, Kind.BEGIN, 0, NOTHING);
        long[] pairs = new long[MOST_NUMBERS];
        int filled = 0;
        for (LoopSubscription subscription : subscriptions.values()) {
            boolean tells = MetaTopics.tellOf(subscription.key().topic());
            for (int i = 0; tells && i < subscription.size(); i++) {
                pairs[filled++] = subscription.id();
                pairs[filled++] = subscription.member(i).id();
                if (filled == MOST_NUMBERS) {
                    send(watcher, Kind.PRESENT, 0, pairs.clone());
                    filled = 0;
                }
            }
        }
        if (filled > 0) {
            send(watcher, Kind.PRESENT, 0, Arrays.copyOf(pairs, filled));
        }
        send(watcher, Kind.END, 0, NOTHING);
    }

    private void send(Watcher watcher, Kind kind, long change, long... pairs) {
        Lane to = watcher.lane();
        RoutedMemberships message =
                new RoutedMemberships(realm, lane.index(), table.watchers().tellers(), kind, change, pairs);
        if (to == null) {
            table.watch().told(message, lane);
        } else {
            to.send(message, lane);
        }
    }
}
