package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.net.Pair;
import dev.weft.load.chaos.node.Cluster;

/** A fault of the link between two nodes; Hazelcast's connections are left alone, so neither takes the other for dead. */
interface LinkFault extends Fault {
    Pair pair();

    @Override
    default String describe() {
        return Cluster.name(pair().low()) + " and " + Cluster.name(pair().high()) + " for " + length().toMillis()
                + " ms";
    }

    @Override
    default void heal(Cluster cluster) {
        cluster.links().restore(pair());
    }

    @Override
    default boolean disturbs(int one, int other) {
        return one != other && Pair.of(one, other).equals(pair());
    }

    @Override
    default boolean separates(int one, int other) {
        return false;
    }

    @Override
    default boolean freezes(int node) {
        return false;
    }
}
