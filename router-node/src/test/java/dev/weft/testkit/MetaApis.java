package dev.weft.testkit;

import dev.weft.directory.MetaDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.meta.MetaAccess;
import dev.weft.meta.MetaApi;
import dev.weft.meta.SessionMetaApi;
import dev.weft.meta.TestamentMetaApi;
import dev.weft.realm.RealmDisclosure;
import dev.weft.realm.RealmTables;
import dev.weft.session.GlobalIds;

/** The router's own procedures, for a simulated event loop. */
final class MetaApis {
    private MetaApis() {}

    static MetaApi on(LocalLane lane, String realm, MetaAccess access, RealmTables tables, MetaDirectory directory) {
        return new MetaApi(
                new SessionMetaApi(realm, access, false, tables.sessions(), lane),
                new TestamentMetaApi(realm, false, directory, new GlobalIds(), lane, RealmDisclosure.PLAIN),
                directory,
                lane);
    }
}
