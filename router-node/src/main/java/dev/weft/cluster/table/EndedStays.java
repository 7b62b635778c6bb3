package dev.weft.cluster.table;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import org.jspecify.annotations.Nullable;

/** After a split: a cookie that one side has ended or forgotten is that; of one that both sides know, that of the larger side stays. */
public final class EndedStays implements SplitBrainMergePolicy<byte[], MergingValue<byte[]>, Object> {
    @Override
    public @Nullable Object merge(MergingValue<byte[]> merging, @Nullable MergingValue<byte[]> existing) {
        byte[] theirs = merging.getValue();
        byte[] ours = existing == null ? null : existing.getValue();
        if (theirs == null || ours == null) {
            return theirs == null ? ours : theirs;
        }
        if (HazelcastCookies.isOver(ours) && HazelcastCookies.isOver(theirs)) {
            return ours.length <= theirs.length ? ours : theirs;
        }
        return HazelcastCookies.isOver(theirs) ? theirs : ours;
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
