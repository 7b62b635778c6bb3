package dev.weft.cluster.table;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.link.NodeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done to one entry of the callee table, where the entry is. */
interface CalleeChange<R> extends TableChange<TableKey, CalleeRoster, R> {
    /** Decides about an offer. */
    record Add(CalleeOffer offer, Map<NodeId, Long> dead) implements CalleeChange<Decision> {
        @Override
        public Decision process(Map.Entry<TableKey, @Nullable CalleeRoster> entry) {
            CalleeRoster present = entry.getValue();
            CalleeRoster.Outcome outcome =
                    CalleeRoster.add(present, entry.getKey().uri(), offer, dead);
            TableChange.replace(entry, present, outcome.roster());
            return outcome.decision();
        }
    }

    /** One session leaves. */
    record Remove(NodeId node, long session) implements CalleeChange<@Nullable Void> {
        @Override
        public @Nullable Void process(Map.Entry<TableKey, @Nullable CalleeRoster> entry) {
            CalleeRoster present = entry.getValue();
            TableChange.replace(entry, present, present == null ? null : present.withoutSession(node, session));
            return null;
        }
    }

    /** Returns the latest assertion that stays; null if there is none, so that it can be run over all entries. */
    record Purge(Stale stale) implements CalleeChange<@Nullable Long> {
        @Override
        public @Nullable Long process(Map.Entry<TableKey, @Nullable CalleeRoster> entry) {
            CalleeRoster present = entry.getValue();
            CalleeRoster left = present == null ? null : present.without(stale);
            TableChange.replace(entry, present, left);
            long latest = left == null ? 0 : left.latestOf(stale);
            return latest == 0 ? null : latest;
        }
    }
}
