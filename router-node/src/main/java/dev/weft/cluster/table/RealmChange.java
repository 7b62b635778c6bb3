package dev.weft.cluster.table;

import dev.weft.cluster.table.InterestHolders.Holder;
import dev.weft.link.NodeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done to one entry of the table of realms on demand, where the entry is. */
interface RealmChange<R> extends TableChange<String, RealmRoster, R> {
    /** Returns whether the node may have a part of the realm. */
    record Claim(String realm, Holder holder, int most) implements RealmChange<Boolean> {
        @Override
        public Boolean process(Map.Entry<String, @Nullable RealmRoster> entry) {
            RealmRoster present = entry.getValue();
            RealmRoster next = (present == null ? RealmRoster.EMPTY : present).with(realm, holder, most);
            if (next != null) {
                TableChange.replace(entry, present, next);
            }
            return next != null;
        }
    }

    /** One node has no part of the realm any more. */
    record Release(String realm, NodeId node) implements RealmChange<@Nullable Void> {
        @Override
        public @Nullable Void process(Map.Entry<String, @Nullable RealmRoster> entry) {
            RealmRoster present = entry.getValue();
            TableChange.replace(entry, present, present == null ? null : present.without(realm, node));
            return null;
        }
    }

    /** Returns the latest assertion that stays; null if there is none, so that it can be run over all entries. */
    record Purge(Stale stale) implements RealmChange<@Nullable Long> {
        @Override
        public @Nullable Long process(Map.Entry<String, @Nullable RealmRoster> entry) {
            RealmRoster present = entry.getValue();
            RealmRoster left = present == null ? null : present.without(stale);
            TableChange.replace(entry, present, left);
            long latest = left == null ? 0 : left.latestOf(stale);
            return latest == 0 ? null : latest;
        }
    }
}
