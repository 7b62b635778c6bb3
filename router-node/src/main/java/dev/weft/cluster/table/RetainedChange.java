package dev.weft.cluster.table;

import com.hazelcast.core.ReadOnly;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.Identity;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is done to what is retained of one topic, where it is. */
interface RetainedChange<R> extends EntryProcessor<TableKey, RetainedTopic, R> {
    /** How long it is remembered that nothing is retained, for those who take it back once more. */
    int REMEMBERED_SECONDS = 60;

    /** @param millis since 1970, when it was handed over */
    record Retain(RoutedEvent event, long millis) implements RetainedChange<@Nullable Void> {
        @Override
        public @Nullable Void process(Map.Entry<TableKey, @Nullable RetainedTopic> entry) {
            RetainedTopic before = entry.getValue();
            RetainedTopic now = RetainedTopic.with(before, event, millis);
            if (now.equals(before)) {
                return null;
            }
            if (now.events().isEmpty() && entry instanceof ExtendedMapEntry<TableKey, RetainedTopic> expiring) {
                expiring.setValue(now, REMEMBERED_SECONDS, TimeUnit.SECONDS);
            } else {
                entry.setValue(now);
            }
            return null;
        }
    }

    /** Returns the newest event that the receiver would have got. */
    record Find(Identity receiver) implements RetainedChange<@Nullable StoredEvent>, ReadOnly {
        @Override
        public @Nullable StoredEvent process(Map.Entry<TableKey, @Nullable RetainedTopic> entry) {
            RetainedTopic present = entry.getValue();
            return present == null ? null : present.newestFor(receiver);
        }

        @Override
        public @Nullable EntryProcessor<TableKey, RetainedTopic, @Nullable StoredEvent> getBackupProcessor() {
            return null;
        }
    }
}
