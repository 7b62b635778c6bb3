package dev.weft.cluster.table;

import com.hazelcast.map.EntryProcessor;
import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.link.NodeId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done to one entry of the callee table, where the entry is. */
interface CalleeChange<R> extends EntryProcessor<TableKey, CalleeRoster, R> {
    /** Decides about an offer. */
    record Add(CalleeOffer offer, Set<NodeId> dead) implements CalleeChange<Decision> {
        @Override
        public Decision process(Map.Entry<TableKey, @Nullable CalleeRoster> entry) {
            CalleeRoster present = entry.getValue();
            CalleeRoster.Outcome outcome =
                    CalleeRoster.add(present, entry.getKey().uri(), offer, dead);
            replace(entry, present, outcome.roster());
            return outcome.decision();
        }
    }

    /** One session leaves. */
    record Remove(NodeId node, long session) implements CalleeChange<@Nullable Void> {
        @Override
        public @Nullable Void process(Map.Entry<TableKey, @Nullable CalleeRoster> entry) {
            CalleeRoster present = entry.getValue();
            replace(entry, present, present == null ? null : present.withoutSession(node, session));
            return null;
        }
    }

    /** All sessions of some nodes leave. */
    record Purge(Set<NodeId> nodes) implements CalleeChange<@Nullable Void> {
        @Override
        public @Nullable Void process(Map.Entry<TableKey, @Nullable CalleeRoster> entry) {
            CalleeRoster present = entry.getValue();
            replace(entry, present, present == null ? null : present.withoutNodes(nodes));
            return null;
        }
    }

    private static void replace(
            Map.Entry<TableKey, @Nullable CalleeRoster> entry,
            @Nullable CalleeRoster present,
            @Nullable CalleeRoster next) {
        if (!Objects.equals(next, present)) {
            entry.setValue(next);
        }
    }
}
