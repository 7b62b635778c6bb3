package dev.weft.realm;

import dev.weft.broker.LocalPublisher;
import dev.weft.broker.SubscriptionTable;
import dev.weft.dealer.RegistrationTable;
import dev.weft.lane.Lane;
import dev.weft.link.RoutedPressure;
import dev.weft.meta.MembershipEvents;
import dev.weft.meta.MetaAccess;
import dev.weft.meta.MetaEvents;
import dev.weft.meta.SessionTable;
import java.time.InstantSource;

/**
 * What the event loops of this node share of one realm.
 *
 * @param publisher what the router says to the subscribers of this node
 */
public record RealmTables(
        SubscriptionTable subscriptions,
        RegistrationTable registrations,
        SessionTable sessions,
        LocalPublisher publisher) {
    /** What another node says of how receivers keep up, or asks. Any thread. */
    public void received(RoutedPressure pressure, Lane node) {
        if (pressure.registration()) {
            registrations.received(pressure, node);
        } else {
            subscriptions.received(pressure, node);
        }
    }

    /** Whether there is nothing in them that anybody has in the cluster. */
    boolean isEmpty() {
        return sessions.size() == 0 && subscriptions.size() == 0 && registrations.size() == 0;
    }

    /** @param clock for people */
    static RealmTables of(String realm, MetaAccess access, InstantSource clock) {
        SubscriptionTable subscriptions = new SubscriptionTable(clock, access.mayRead());
        LocalPublisher publisher = new LocalPublisher(realm, subscriptions);
        MetaEvents events = new MetaEvents(realm, access, publisher);
        subscriptions.watch().observedBy(new MembershipEvents(events));
        return new RealmTables(
                subscriptions,
                new RegistrationTable(clock, events),
                new SessionTable(realm, events, publisher),
                publisher);
    }
}
