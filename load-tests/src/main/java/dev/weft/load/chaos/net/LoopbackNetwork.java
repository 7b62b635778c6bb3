package dev.weft.load.chaos.net;

import dev.weft.load.measure.LocalPorts;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/** Free ports of 127.0.0.1, where there are no namespaces: links go through the proxy, Hazelcast cannot be cut. */
public final class LoopbackNetwork implements Network {
    private static final int PORTS_OF_A_NODE = 4;

    private final List<InetSocketAddress> addresses;

    private LoopbackNetwork(List<InetSocketAddress> addresses) {
        this.addresses = addresses;
    }

    public static LoopbackNetwork create(int nodes) {
        return new LoopbackNetwork(LocalPorts.free(PORTS_OF_A_NODE * nodes).stream()
                .map(port -> new InetSocketAddress("127.0.0.1", port))
                .toList());
    }

    @Override
    public Endpoints endpoints(int node) {
        int first = PORTS_OF_A_NODE * node;
        return new Endpoints(
                addresses.get(first),
                addresses.get(first + 1),
                addresses.get(first + 2),
                addresses.get(first + 3),
                new InetSocketAddress("127.0.0.1", 0));
    }

    @Override
    public List<String> commandAt(int node, List<String> command) {
        return command;
    }

    @Override
    public boolean canCut() {
        return false;
    }

    @Override
    public void cut(Set<Direction> directions) {
        throw new UnsupportedOperationException("nothing can be cut on loopback");
    }
}
