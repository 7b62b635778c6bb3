package dev.weft.broker;

import dev.weft.directory.EventDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.session.Session;

/** Gives what is retained to who subscribes with {@code get_retained}. Belongs to the event loop of its broker. */
final class RetainedDelivery {
    private final String realm;
    private final LocalLane lane;
    private final EventDirectory kept;
    private final EventFanOut fanOut;

    RetainedDelivery(String realm, LocalLane lane, EventDirectory kept, EventFanOut fanOut) {
        this.realm = realm;
        this.lane = lane;
        this.kept = kept;
        this.fanOut = fanOut;
    }

    /**
     * What is retained is asked for when events come already, so that there is no gap; an event that came meanwhile is as
     * new as what was found, or newer. It is asked for twice, because an event that was published before may be on its way
     * into the store.
     */
    void give(LoopSubscription subscription, Subscriber subscriber) {
        RetainedHandover handover = subscription.handover();
        RetainedHandover.Lookup lookup = handover.begin();
        give(
                subscription,
                subscriber,
                lookup,
                () -> lane.schedule(
                        RetainedHandover.SETTLED_MILLIS,
                        () -> give(subscription, subscriber, lookup, () -> handover.end(lookup))));
    }

    private void give(
            LoopSubscription subscription, Subscriber subscriber, RetainedHandover.Lookup lookup, Runnable then) {
        LoopSubscription.Key key = subscription.key();
        Session session = subscriber.session();
        RetainedHandover handover = subscription.handover();
        kept.newest(realm, key.match(), key.topic(), session.identity(), lane, event -> {
            boolean held = session.isOpen() && subscriber.memberships().get(subscription.id()) != null;
            if (event != null
                    && held
                    && !lookup.saw(event.topic())
                    && !handover.hasGiven(event.publication(), session.id())) {
                handover.given(event, session.id());
                fanOut.deliverRetained(event, subscription, session);
                lane.schedule(RetainedHandover.REMEMBERED_MILLIS, () -> handover.forget(event.publication()));
            }
            then.run();
        });
    }
}
