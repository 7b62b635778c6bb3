package dev.weft.meta;

import dev.weft.broker.MembershipObserver;
import dev.weft.broker.MetaTopics;
import dev.weft.broker.Subscription;
import java.util.List;

/** The subscription meta events of one realm, for the subscribers on this node ("Subscription Meta API"). */
public final class MembershipEvents implements MembershipObserver {
    private final MetaEvents events;

    public MembershipEvents(MetaEvents events) {
        this.events = events;
    }

    @Override
    public void created(Subscription subscription, Change change) {
        events.publish(
                MetaTopics.ON_CREATE,
                () -> List.of(change.session(), EntryDict.of(subscription, subscription.created())),
                about(change));
    }

    @Override
    public void subscribed(Change change) {
        tell(MetaTopics.ON_SUBSCRIBE, change);
    }

    @Override
    public void unsubscribed(Change change) {
        tell(MetaTopics.ON_UNSUBSCRIBE, change);
    }

    @Override
    public void deleted(Change change) {
        tell(MetaTopics.ON_DELETE, change);
    }

    private void tell(String topic, Change change) {
        events.publish(topic, () -> List.of(change.session(), change.subscription()), about(change));
    }

    private static long[] about(Change change) {
        return new long[] {change.session(), change.subscription(), change.sequence()};
    }
}
