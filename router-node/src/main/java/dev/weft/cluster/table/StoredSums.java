package dev.weft.cluster.table;

import com.hazelcast.aggregation.Aggregator;
import dev.weft.link.NodeId;
import java.io.Serial;
import java.util.Map;

/** Sums up what one node has in a map, where the entries are: only the sums cross between members. */
record StoredSums(NodeId owner, BucketSums sums) implements Aggregator<Map.Entry<Object, Object>, BucketSums> {
    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public void accumulate(Map.Entry<Object, Object> entry) {
        StoredEntry.each(entry.getKey(), entry.getValue(), owner, sums::add);
    }

    @Override
    public void combine(Aggregator other) {
        sums.addAll(((StoredSums) other).sums);
    }

    @Override
    public BucketSums aggregate() {
        return sums;
    }
}
