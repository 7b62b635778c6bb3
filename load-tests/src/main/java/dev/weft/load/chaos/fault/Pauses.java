package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.node.Cluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** @param millis of each pause; as much time passes between two of them */
record Pauses(int node, List<Integer> millis) implements NodeFault {
    @Override
    public FaultKind kind() {
        return FaultKind.PAUSES;
    }

    @Override
    public String describe() {
        return Cluster.name(node) + ", " + millis + " ms";
    }

    @Override
    public Duration length() {
        return Duration.ZERO;
    }

    @Override
    public void inject(Cluster cluster) throws IOException, InterruptedException {
        for (int each : millis) {
            cluster.freeze(node);
            TimeUnit.MILLISECONDS.sleep(each);
            cluster.thaw(node);
            TimeUnit.MILLISECONDS.sleep(each);
        }
    }

    @Override
    public void heal(Cluster cluster) {}

    @Override
    public boolean isDeadly() {
        return false;
    }

    @Override
    public boolean freezes(int other) {
        return other == node;
    }
}
