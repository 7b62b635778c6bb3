package dev.weft.cluster.table;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is done to one entry of a shared table, where the entry is. */
interface TableChange<K, V, R> extends EntryProcessor<K, V, R> {
    /** An entry that stays as it is, is not written: each write goes to the backup, too. */
    static <K, V> void replace(Map.Entry<K, @Nullable V> entry, @Nullable V present, @Nullable V next) {
        if (!Objects.equals(next, present)) {
            entry.setValue(next);
        }
    }
}
