package dev.weft.cluster.table;

import com.hazelcast.map.EntryProcessor;
import dev.weft.link.NodeId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done to one entry of the interest table, where the entry is. */
interface InterestChange<R> extends EntryProcessor<TableKey, InterestHolders, R> {
    /** Returns the id of the subscription. */
    record Add(NodeId node, long proposedId) implements InterestChange<Long> {
        @Override
        public Long process(Map.Entry<TableKey, @Nullable InterestHolders> entry) {
            InterestHolders present = entry.getValue();
            InterestHolders holders = InterestHolders.add(present, node, proposedId);
            if (!holders.equals(present)) {
                entry.setValue(holders);
            }
            return holders.subscription();
        }
    }

    /** Returns nothing, so that it can be run over all entries. */
    record Remove(Set<NodeId> nodes) implements InterestChange<@Nullable Void> {
        @Override
        public @Nullable Void process(Map.Entry<TableKey, @Nullable InterestHolders> entry) {
            InterestHolders present = entry.getValue();
            InterestHolders left = present == null ? null : present.without(nodes);
            if (!Objects.equals(left, present)) {
                entry.setValue(left);
            }
            return null;
        }
    }
}
