package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.node.Cluster;
import java.io.IOException;
import java.time.Duration;

record Kill(int node, Duration length) implements NodeFault {
    @Override
    public FaultKind kind() {
        return FaultKind.KILL;
    }

    @Override
    public void inject(Cluster cluster) throws InterruptedException {
        cluster.kill(node);
    }

    @Override
    public void heal(Cluster cluster) throws IOException, InterruptedException {
        cluster.start(node);
    }

    @Override
    public boolean takesDown() {
        return true;
    }

    @Override
    public void awaitReady(Cluster cluster) throws IOException, InterruptedException {
        cluster.awaitReady(node);
    }

    @Override
    public boolean isDeadly() {
        return true;
    }
}
