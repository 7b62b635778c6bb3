package dev.weft.cluster.table;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.link.NodeId;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Hazelcast's maps say that a node holds. Thread-safe; never called on an event loop or the control thread. */
public final class HazelcastStored implements StoredTables {
    private final HazelcastInstance hazelcast;

    public HazelcastStored(HazelcastMembership membership) {
        hazelcast = membership.hazelcast();
    }

    @Override
    public BucketSums sums(TableKind table, NodeId owner) {
        return map(table).aggregate(new StoredSums(owner, new BucketSums()));
    }

    @Override
    public List<TableChange> entries(TableKind table, NodeId owner, int bucket) {
        List<TableChange> entries = new ArrayList<>();
        for (Map.Entry<Object, Object> entry : map(table).entrySet(new StoredInBucket(owner, bucket))) {
            StoredEntry.each(entry.getKey(), entry.getValue(), owner, stored -> {
                if (EntryDigest.bucket(stored) == bucket) {
                    entries.add(stored);
                }
            });
        }
        return entries;
    }

    private IMap<Object, Object> map(TableKind table) {
        return hazelcast.getMap(
                switch (table) {
                    case INTEREST -> HazelcastTables.INTEREST;
                    case CALLEES -> HazelcastTables.CALLEES;
                    case SESSIONS -> HazelcastTables.SESSIONS;
                });
    }
}
