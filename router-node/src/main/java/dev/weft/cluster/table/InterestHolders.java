package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One entry of the interest table: the subscription's id and the nodes that have subscribers. Immutable. */
record InterestHolders(long subscription, List<NodeId> nodes) {
    InterestHolders {
        nodes = List.copyOf(nodes);
    }

    static InterestHolders add(@Nullable InterestHolders present, NodeId node, long proposedId) {
        if (present == null) {
            return new InterestHolders(proposedId, List.of(node));
        }
        if (present.nodes.contains(node)) {
            return present;
        }
        List<NodeId> nodes = new ArrayList<>(present.nodes);
        nodes.add(node);
        return new InterestHolders(present.subscription, nodes);
    }

    /** What is left without {@code gone}; null if nothing. */
    @Nullable
    InterestHolders without(Set<NodeId> gone) {
        if (nodes.stream().noneMatch(gone::contains)) {
            return this;
        }
        List<NodeId> left = nodes.stream().filter(node -> !gone.contains(node)).toList();
        return left.isEmpty() ? null : new InterestHolders(subscription, left);
    }
}
