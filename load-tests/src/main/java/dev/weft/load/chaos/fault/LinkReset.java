package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.net.Pair;
import dev.weft.load.chaos.node.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** @param octets that pass before each reset; the resets are half a second apart */
record LinkReset(Pair pair, List<Integer> octets) implements LinkFault {
    private static final int MILLIS_APART = 500;

    @Override
    public FaultKind kind() {
        return FaultKind.LINK_RESET;
    }

    @Override
    public String describe() {
        return Cluster.name(pair.low()) + " and " + Cluster.name(pair.high()) + " after " + octets + " octets";
    }

    @Override
    public Duration length() {
        return Duration.ZERO;
    }

    @Override
    public void inject(Cluster cluster) throws InterruptedException {
        for (int each : octets) {
            cluster.links().resetAfter(pair, each);
            TimeUnit.MILLISECONDS.sleep(MILLIS_APART);
        }
    }
}
