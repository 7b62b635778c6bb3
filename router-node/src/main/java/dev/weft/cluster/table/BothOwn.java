package dev.weft.cluster.table;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** After a split, a principal has the cookies that it had on either side; those of the smaller count as the older ones. */
public final class BothOwn implements SplitBrainMergePolicy<String, MergingValue<String>, Object> {
    @Override
    public @Nullable Object merge(MergingValue<String> merging, @Nullable MergingValue<String> existing) {
        String theirs = merging.getValue();
        String ours = existing == null ? null : existing.getValue();
        if (theirs == null || ours == null) {
            return theirs == null ? ours : theirs;
        }
        Set<String> both = new LinkedHashSet<>(Arrays.asList(theirs.split(" ")));
        both.addAll(Arrays.asList(ours.split(" ")));
        return String.join(" ", both);
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
