package dev.weft.cluster.table;

import com.hazelcast.query.Predicate;
import dev.weft.link.NodeId;
import java.io.Serial;
import java.util.Map;

/** Whether one node has something in an entry of a map, in a bucket. */
record StoredInBucket(NodeId owner, int bucket) implements Predicate<Object, Object> {
    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public boolean apply(Map.Entry<Object, Object> entry) {
        boolean[] found = {false};
        StoredEntry.each(
                entry.getKey(), entry.getValue(), owner, stored -> found[0] |= EntryDigest.bucket(stored) == bucket);
        return found[0];
    }
}
