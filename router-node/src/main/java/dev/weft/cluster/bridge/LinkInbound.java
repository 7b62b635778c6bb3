package dev.weft.cluster.bridge;

import dev.weft.broker.Subscription;
import dev.weft.broker.SubscriptionTable;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedEvent;
import dev.weft.link.RoutedMembersAsked;
import dev.weft.link.RoutedMemberships;
import dev.weft.link.RoutedMessage;
import dev.weft.link.RoutedPoll;
import dev.weft.link.RoutedPressure;
import dev.weft.realm.RealmRegistry;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what comes over a link to the event loops of this node that it is for, and to nobody else: what came over one
 * link never leaves over another. Thread-safe.
 */
public final class LinkInbound {
    private final List<LocalLane> lanes;
    private final RealmRegistry realms;
    private final GapNotices gaps;

    /** @param lanes by their index */
    public LinkInbound(List<LocalLane> lanes, RealmRegistry realms) {
        this.lanes = List.copyOf(lanes);
        this.realms = realms;
        this.gaps = new GapNotices(realms);
    }

    /** Who tells the clients when something did not come. */
    public GapNotices gaps() {
        return gaps;
    }

    /**
     * @param from the lane of the link, to which answers go
     * @return a lane that is congested now, or null
     */
    public @Nullable Lane receive(RoutedMessage message, Lane from) {
        if (message instanceof RoutedEvent event) {
            return fanOut(event, from);
        }
        if (message instanceof RoutedMemberships news) {
            realms.tables(news.realm()).subscriptions().watch().told(news, from);
            return null;
        }
        if (message instanceof RoutedPressure pressure) {
            realms.tables(pressure.realm()).received(pressure, from);
            return null;
        }
        if (message instanceof RoutedMembersAsked) {
            lanes.forEach(lane -> lane.send(message, from));
            return null;
        }
        if (message.loop() < 0 || message.loop() >= lanes.size()) {
            if (message instanceof RoutedPoll) {
                // Of a name that this node has not given; whoever asks is waiting to be told so.
                lanes.get(0).send(message, from);
            }
            return null;
        }
        LocalLane to = lanes.get(message.loop());
        to.send(message, from);
        return to.isCongested() ? to : null;
    }

    private @Nullable Lane fanOut(RoutedEvent event, Lane from) {
        SubscriptionTable table = realms.tables(event.realm()).subscriptions();
        BitSet interested = new BitSet(lanes.size());
        for (long id : event.subscriptions()) {
            Subscription subscription = table.byId(id);
            if (subscription != null) {
                subscription.forEachLocalLane(lane -> interested.set(lane.index()));
            }
        }
        RoutedEvent kept = interested.cardinality() > 1 ? event.keep() : event;
        Lane congested = null;
        for (int loop = interested.nextSetBit(0); loop >= 0; loop = interested.nextSetBit(loop + 1)) {
            LocalLane to = lanes.get(loop);
            to.send(kept, from);
            congested = to.isCongested() ? to : congested;
        }
        return congested;
    }
}
