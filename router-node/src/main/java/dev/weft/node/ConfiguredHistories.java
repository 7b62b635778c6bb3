package dev.weft.node;

import dev.weft.broker.SubscriptionTable;
import dev.weft.cluster.table.EventHistories;
import dev.weft.cluster.table.HistoryBounds;
import dev.weft.config.HistoryConfig;
import dev.weft.config.RealmConfig;
import dev.weft.realm.RealmRegistry;
import java.util.List;

/** The topics and patterns whose events are kept, as configured. */
final class ConfiguredHistories {
    private ConfiguredHistories() {}

    /** Their subscriptions are there from now on. Before there are others. */
    static void keep(List<RealmConfig> configured, RealmRegistry realms, EventHistories histories) {
        for (RealmConfig realm : configured) {
            SubscriptionTable subscriptions = realms.tables(realm.uri()).subscriptions();
            for (HistoryConfig history : realm.history()) {
                subscriptions.keep(
                        history.match(),
                        history.uri(),
                        histories.of(realm.uri(), history.match(), history.uri(), bounds(history)));
            }
        }
    }

    private static HistoryBounds bounds(HistoryConfig history) {
        return new HistoryBounds(
                history.maxEvents(),
                history.maxBytes().bytes(),
                history.maxAge().toMillis());
    }
}
