package dev.weft.testkit;

import dev.weft.directory.MetaDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.meta.MetaAccess;
import dev.weft.meta.MetaApi;
import dev.weft.meta.RegistrationMetaApi;
import dev.weft.meta.SessionMetaApi;
import dev.weft.meta.SubscriptionMetaApi;
import dev.weft.meta.TestamentMetaApi;
import dev.weft.realm.RealmDisclosure;
import dev.weft.realm.RealmTables;
import dev.weft.session.GlobalIds;

/** The router's own procedures, for a simulated event loop. */
final class MetaApis {
    private MetaApis() {}

    static MetaApi on(LocalLane lane, String realm, MetaAccess access, RealmTables tables, MetaDirectory directory) {
        SubscriptionMetaApi subscriptions =
                new SubscriptionMetaApi(realm, access, tables.subscriptions(), tables.sessions(), lane);
        return new MetaApi(
                new SessionMetaApi(realm, access, false, tables.sessions(), lane),
                new TestamentMetaApi(realm, false, directory, new GlobalIds(), lane, RealmDisclosure.PLAIN),
                subscriptions,
                new RegistrationMetaApi(realm, access, tables.registrations(), subscriptions, lane),
                directory,
                lane);
    }
}
