package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.node.Cluster;
import java.io.IOException;
import java.time.Duration;

record Freeze(int node, Duration length) implements NodeFault {
    @Override
    public FaultKind kind() {
        return FaultKind.FREEZE;
    }

    @Override
    public void inject(Cluster cluster) throws IOException {
        cluster.freeze(node);
    }

    @Override
    public void heal(Cluster cluster) throws IOException {
        cluster.thaw(node);
    }

    @Override
    public boolean isDeadly() {
        return length.compareTo(SILENCE_BELIEVED) > 0;
    }

    @Override
    public boolean freezes(int other) {
        return other == node;
    }
}
