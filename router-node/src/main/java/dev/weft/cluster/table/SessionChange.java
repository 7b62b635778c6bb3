package dev.weft.cluster.table;

import com.hazelcast.map.EntryProcessor;
import dev.weft.link.NodeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done to one entry of the session table, where the entry is. */
interface SessionChange<R> extends EntryProcessor<Long, SessionOwner, R> {
    /** Returns whether the session is the owner's from now on. */
    record Open(SessionOwner owner) implements SessionChange<Boolean> {
        @Override
        public Boolean process(Map.Entry<Long, @Nullable SessionOwner> entry) {
            SessionOwner present = entry.getValue();
            if (present != null && !present.node().equals(owner.node())) {
                return false;
            }
            if (!owner.equals(present)) {
                entry.setValue(owner);
            }
            return true;
        }
    }

    /** Removes the session if it is the node's. */
    record Close(NodeId node) implements SessionChange<@Nullable Void> {
        @Override
        public @Nullable Void process(Map.Entry<Long, @Nullable SessionOwner> entry) {
            SessionOwner present = entry.getValue();
            if (present != null && present.node().equals(node)) {
                entry.setValue(null);
            }
            return null;
        }
    }

    /** Returns the latest assertion that stays; null if there is none, so that it can be run over all entries. */
    record Purge(Stale stale) implements SessionChange<@Nullable Long> {
        @Override
        public @Nullable Long process(Map.Entry<Long, @Nullable SessionOwner> entry) {
            SessionOwner present = entry.getValue();
            if (present != null && stale.includes(present.node(), present.asserted())) {
                entry.setValue(null);
                return null;
            }
            return present != null && stale.asksFor(present.node()) ? present.asserted() : null;
        }
    }
}
