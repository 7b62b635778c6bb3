package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.node.Cluster;
import java.time.Duration;

/** A fault of one node. */
interface NodeFault extends Fault {
    /** Peers do not take a node for dead that is silent for less than this. */
    Duration SILENCE_BELIEVED = Duration.ofSeconds(3);

    int node();

    /** Whether the others may take the node for dead. */
    boolean isDeadly();

    @Override
    default String describe() {
        return Cluster.name(node()) + " for " + length().toMillis() + " ms";
    }

    @Override
    default boolean disturbs(int one, int other) {
        return one == node() || other == node();
    }

    @Override
    default boolean separates(int one, int other) {
        return isDeadly() && disturbs(one, other);
    }

    @Override
    default boolean freezes(int other) {
        return false;
    }
}
