package dev.weft.cluster.table;

import dev.weft.cluster.table.TableStore.InterestOffer;
import dev.weft.link.NodeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done to one entry of the interest table, where the entry is. */
interface InterestChange<R> extends TableChange<TableKey, InterestHolders, R> {
    /** Returns the id of the subscription. */
    record Add(InterestOffer offer) implements InterestChange<Long> {
        @Override
        public Long process(Map.Entry<TableKey, @Nullable InterestHolders> entry) {
            InterestHolders present = entry.getValue();
            InterestHolders holders = InterestHolders.add(present, offer);
            TableChange.replace(entry, present, holders);
            return holders.subscription();
        }
    }

    /** One node has no subscriber any more. */
    record Remove(NodeId node) implements InterestChange<@Nullable Void> {
        @Override
        public @Nullable Void process(Map.Entry<TableKey, @Nullable InterestHolders> entry) {
            InterestHolders present = entry.getValue();
            TableChange.replace(entry, present, present == null ? null : present.without(node));
            return null;
        }
    }

    /** Returns the latest assertion that stays; null if there is none, so that it can be run over all entries. */
    record Purge(Stale stale) implements InterestChange<@Nullable Long> {
        @Override
        public @Nullable Long process(Map.Entry<TableKey, @Nullable InterestHolders> entry) {
            InterestHolders present = entry.getValue();
            InterestHolders left = present == null ? null : present.without(stale);
            TableChange.replace(entry, present, left);
            long latest = left == null ? 0 : left.latestOf(stale);
            return latest == 0 ? null : latest;
        }
    }
}
