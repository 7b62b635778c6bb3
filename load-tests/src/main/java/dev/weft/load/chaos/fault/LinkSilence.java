package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.net.Pair;
import dev.weft.load.chaos.node.Cluster;
import java.time.Duration;

record LinkSilence(Pair pair, Duration length) implements LinkFault {
    @Override
    public FaultKind kind() {
        return FaultKind.LINK_SILENCE;
    }

    @Override
    public void inject(Cluster cluster) {
        cluster.links().stall(pair);
    }
}
