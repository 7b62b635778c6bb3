package dev.weft.cluster.table;

import com.hazelcast.map.EntryProcessor;
import dev.weft.link.NodeId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done to one entry of the session table, where the entry is. */
interface SessionChange<R> extends EntryProcessor<Long, SessionOwner, R> {
    /** Returns whether the session is the owner's from now on. */
    record Open(SessionOwner owner) implements SessionChange<Boolean> {
        @Override
        public Boolean process(Map.Entry<Long, @Nullable SessionOwner> entry) {
            SessionOwner present = entry.getValue();
            if (present == null) {
                entry.setValue(owner);
            }
            return present == null || present.equals(owner);
        }
    }

    /** Removes the session if it belongs to one of the nodes. */
    record Close(Set<NodeId> nodes) implements SessionChange<@Nullable Void> {
        @Override
        public @Nullable Void process(Map.Entry<Long, @Nullable SessionOwner> entry) {
            SessionOwner present = entry.getValue();
            if (present != null && nodes.contains(present.node())) {
                entry.setValue(null);
            }
            return null;
        }
    }
}
