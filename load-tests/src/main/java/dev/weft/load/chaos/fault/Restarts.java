package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.node.Cluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Several nodes restarted: in short order after {@code kill -9}, a node perhaps more than once and before it was ready; or one
 * after the other after SIGTERM, the next when the last is ready again.
 *
 * @param apart between two kills; of rolling restarts, between the end of a node and its new start
 */
record Restarts(FaultKind kind, List<Integer> nodes, Duration apart) implements Fault {
    @Override
    public String describe() {
        return nodes.stream().map(Cluster::name).collect(Collectors.joining(", ")) + ", " + apart.toMillis()
                + " ms apart";
    }

    @Override
    public Duration length() {
        return Duration.ZERO;
    }

    @Override
    public void inject(Cluster cluster) throws IOException, InterruptedException {
        for (int node : nodes) {
            if (kind == FaultKind.ROLLING_RESTART) {
                cluster.terminate(node);
                TimeUnit.MILLISECONDS.sleep(apart.toMillis());
                cluster.start(node);
                cluster.awaitReady(node);
            } else {
                cluster.kill(node);
                cluster.start(node);
                TimeUnit.MILLISECONDS.sleep(apart.toMillis());
            }
        }
    }

    /** The nodes have been started again already. */
    @Override
    public void heal(Cluster cluster) {}

    @Override
    public boolean takesDown() {
        return true;
    }

    @Override
    public void awaitReady(Cluster cluster) throws IOException, InterruptedException {
        for (int node : nodes) {
            cluster.awaitReady(node);
        }
    }

    @Override
    public boolean disturbs(int one, int other) {
        return nodes.contains(one) || nodes.contains(other);
    }

    @Override
    public boolean separates(int one, int other) {
        return disturbs(one, other);
    }

    @Override
    public boolean freezes(int node) {
        return false;
    }
}
