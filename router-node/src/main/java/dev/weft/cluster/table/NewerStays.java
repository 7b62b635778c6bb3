package dev.weft.cluster.table;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import org.jspecify.annotations.Nullable;

/** After a split, of what both sides retain of a topic the newer stays. */
public final class NewerStays implements SplitBrainMergePolicy<RetainedTopic, MergingValue<RetainedTopic>, Object> {
    @Override
    public @Nullable Object merge(MergingValue<RetainedTopic> merging, @Nullable MergingValue<RetainedTopic> existing) {
        RetainedTopic theirs = merging.getValue();
        RetainedTopic ours = existing == null ? null : existing.getValue();
        if (theirs == null || ours == null) {
            return theirs == null ? ours : theirs;
        }
        return RetainedTopic.newer(theirs, ours);
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
