package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.net.Pair;
import dev.weft.load.chaos.node.Cluster;
import java.time.Duration;

/** @param delay in each direction */
record SlowLink(Pair pair, Duration delay, long bytesPerSecond, Duration length) implements LinkFault {
    @Override
    public FaultKind kind() {
        return FaultKind.SLOW_LINK;
    }

    @Override
    public String describe() {
        return LinkFault.super.describe() + ", " + delay.toMillis() + " ms, " + bytesPerSecond / 1024 + " KiB/s";
    }

    @Override
    public void inject(Cluster cluster) {
        cluster.links().slow(pair, delay, bytesPerSecond);
    }
}
