package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.node.Cluster;
import java.io.IOException;
import java.time.Duration;

/** Nothing that clients see depends on the wall clock, so this disturbs nobody. */
record ClockJump(int node, Duration ahead, Duration length) implements NodeFault {
    @Override
    public FaultKind kind() {
        return FaultKind.CLOCK_JUMP;
    }

    @Override
    public String describe() {
        return Cluster.name(node) + " by " + ahead.toMinutes() + " min for " + length.toMillis() + " ms";
    }

    @Override
    public void inject(Cluster cluster) throws IOException {
        cluster.setClock(node, ahead);
    }

    @Override
    public void heal(Cluster cluster) throws IOException {
        cluster.setClock(node, Duration.ZERO);
    }

    @Override
    public boolean isDeadly() {
        return false;
    }

    @Override
    public boolean disturbs(int one, int other) {
        return false;
    }
}
