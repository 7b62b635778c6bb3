package dev.weft.cluster.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key that a node uses, and those that it still accepts from others while keys are changed.
 *
 * @param current what this node proves and seals with
 * @param previous what it accepts and opens besides
 */
public record ClusterKeys(ClusterKey current, List<ClusterKey> previous) {
    public ClusterKeys {
        previous = List.copyOf(previous);
    }

    /** The key of this id, or null if this node has none. */
    public @Nullable ClusterKey find(int id) {
        if (current.id() == id) {
            return current;
        }
        for (ClusterKey key : previous) {
            if (key.id() == id) {
                return key;
            }
        }
        return null;
    }
}
