package dev.weft.cluster.table;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import org.jspecify.annotations.Nullable;

/** After a split, a history has what both sides had kept. */
public final class BothHistories implements SplitBrainMergePolicy<HistoryLog, MergingValue<HistoryLog>, Object> {
    @Override
    public @Nullable Object merge(MergingValue<HistoryLog> merging, @Nullable MergingValue<HistoryLog> existing) {
        HistoryLog theirs = merging.getValue();
        HistoryLog ours = existing == null ? null : existing.getValue();
        if (theirs == null || ours == null) {
            return theirs == null ? ours : theirs;
        }
        return HistoryLog.merged(ours, theirs);
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // It has no state.
    }

    @Override
    public void readData(ObjectDataInput in) {
        // It has no state.
    }
}
