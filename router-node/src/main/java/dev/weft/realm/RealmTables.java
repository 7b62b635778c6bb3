package dev.weft.realm;

import dev.weft.broker.SubscriptionTable;
import dev.weft.dealer.RegistrationTable;

/** What the event loops of this node share of one realm. */
public record RealmTables(SubscriptionTable subscriptions, RegistrationTable registrations) {
    RealmTables() {
        this(new SubscriptionTable(), new RegistrationTable());
    }
}
