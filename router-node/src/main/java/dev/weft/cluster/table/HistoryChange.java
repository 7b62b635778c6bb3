package dev.weft.cluster.table;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import dev.weft.directory.HistoryQuery;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is done to one history, where it is. */
interface HistoryChange<R> extends EntryProcessor<TableKey, HistoryLog, R> {
    /**
     * A history to which nothing comes any more is gone when its last event is too old.
     *
     * @param now milliseconds since 1970
     */
    record Append(List<StoredEvent> events, HistoryBounds bounds, long now) implements HistoryChange<@Nullable Void> {
        public Append {
            events = List.copyOf(events);
        }

        @Override
        public @Nullable Void process(Map.Entry<TableKey, @Nullable HistoryLog> entry) {
            HistoryLog present = entry.getValue();
            HistoryLog log = present == null ? new HistoryLog(bounds) : present;
            log.append(events, bounds, now);
            if (entry instanceof ExtendedMapEntry<TableKey, @Nullable HistoryLog> expiring) {
                expiring.setValue(log, bounds.ageSeconds(), TimeUnit.SECONDS);
            } else {
                entry.setValue(log);
            }
            return null;
        }
    }

    /** @param now milliseconds since 1970 */
    record Find(HistoryQuery query, long now) implements HistoryChange<HistoryPage>, ReadOnly {
        @Override
        public HistoryPage process(Map.Entry<TableKey, @Nullable HistoryLog> entry) {
            HistoryLog present = entry.getValue();
            return present == null ? HistoryLog.absent(query) : present.find(query, now);
        }

        @Override
        public @Nullable EntryProcessor<TableKey, HistoryLog, HistoryPage> getBackupProcessor() {
            return null;
        }
    }
}
