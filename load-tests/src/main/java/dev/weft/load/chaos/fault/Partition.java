package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.net.Direction;
import dev.weft.load.chaos.node.Cluster;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two groups of nodes, cut off from each other in links and Hazelcast.
 *
 * @param oneWay only what the first group sends to the second is lost
 */
record Partition(List<Integer> first, List<Integer> second, boolean oneWay, Duration length) implements Fault {
    @Override
    public FaultKind kind() {
        return oneWay ? FaultKind.ONE_WAY : FaultKind.PARTITION;
    }

    @Override
    public String describe() {
        return names(first) + (oneWay ? " to " : " | ") + names(second) + " for " + length.toMillis() + " ms";
    }

    @Override
    public void inject(Cluster cluster) throws IOException {
        cluster.cut(directions());
    }

    @Override
    public void heal(Cluster cluster) throws IOException {
        cluster.heal(directions());
    }

    @Override
    public boolean disturbs(int one, int other) {
        return (first.contains(one) && second.contains(other)) || (first.contains(other) && second.contains(one));
    }

    @Override
    public boolean separates(int one, int other) {
        return disturbs(one, other);
    }

    @Override
    public boolean freezes(int node) {
        return false;
    }

    private Set<Direction> directions() {
        Set<Direction> directions = new HashSet<>();
        for (int one : first) {
            for (int other : second) {
                directions.add(new Direction(one, other));
                if (!oneWay) {
                    directions.add(new Direction(other, one));
                }
            }
        }
        return directions;
    }

    private static String names(List<Integer> nodes) {
        return nodes.stream().map(Cluster::name).collect(Collectors.joining(", "));
    }
}
