package dev.weft.load.chaos.check;

import dev.weft.load.chaos.fault.Fault;
import dev.weft.load.chaos.fault.FaultKind;
import dev.weft.load.chaos.node.Cluster;
import java.time.Duration;
import java.util.Set;

/** A fault of one kind that separates some nodes from all others, or freezes one, and is never really injected. */
record StubFault(FaultKind kind, Set<Integer> nodes) implements Fault {
    @Override
    public String describe() {
        return nodes.toString();
    }

    @Override
    public Duration length() {
        return Duration.ZERO;
    }

    @Override
    public void inject(Cluster cluster) {}

    @Override
    public void heal(Cluster cluster) {}

    @Override
    public boolean disturbs(int one, int other) {
        return kind == FaultKind.PARTITION
                ? nodes.contains(one) != nodes.contains(other)
                : nodes.contains(one) || nodes.contains(other);
    }

    @Override
    public boolean separates(int one, int other) {
        return disturbs(one, other);
    }

    @Override
    public boolean freezes(int node) {
        return kind == FaultKind.FREEZE && nodes.contains(node);
    }
}
