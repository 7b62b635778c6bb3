package dev.weft.load.chaos.fault;

import dev.weft.load.chaos.net.Pair;
import dev.weft.load.chaos.node.Cluster;
import java.time.Duration;

record LinkCut(Pair pair, Duration length) implements LinkFault {
    @Override
    public FaultKind kind() {
        return FaultKind.LINK_CUT;
    }

    @Override
    public void inject(Cluster cluster) {
        cluster.links().refuse(pair);
    }
}
