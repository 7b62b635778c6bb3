package dev.weft.load.chaos.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A star of network namespaces: each node in one, this process at the centre, through which every packet goes, so one set of
 * nftables at the centre cuts what it likes. For {@link Isolation the inside} only.
 *
 * <p>Three addresses stand for node n: 10.77.0.n is the node itself; 10.77.1.n is the link proxy in front of it; from
 * 10.77.2.n the proxy connects on when node n connected to it. Whoever is cut off from a node is cut off from all three.
 */
public final class NamespaceNetwork implements Network {
    private static final String CENTRE = "10.77.0.254";
    private static final int CLIENT_PORT = 8080;
    private static final int HAZELCAST_PORT = 5701;
    private static final int LINK_PORT = 7946;
    private static final int ADDRESSES_OF_A_NODE = 3;

    /** A pair of addresses in this set is dropped. */
    private static final String RULES = """
            table inet chaos {
              set cut { type ipv4_addr . ipv4_addr; }
              chain forward { type filter hook forward priority 0; ip saddr . ip daddr @cut drop; }
              chain input { type filter hook input priority 0; ip saddr . ip daddr @cut drop; }
              chain output { type filter hook output priority 0; ip saddr . ip daddr @cut drop; }
            }
            """;

    private NamespaceNetwork() {}

    public static NamespaceNetwork create(int nodes) throws IOException {
        StringBuilder script = new StringBuilder("""
                mount -t tmpfs tmpfs /run
                ip link set lo up
                ip addr add %s/32 dev lo
                echo 1 > /proc/sys/net/ipv4/ip_forward
                """.formatted(CENTRE));
        for (int node = 0; node < nodes; node++) {
            script.append("""
                    ip netns add %1$s
                    ip link add to-%1$s type veth peer name eth0 netns %1$s
                    ip link set to-%1$s up
                    ip route add %2$s dev to-%1$s src %5$s
                    ip addr add %3$s/32 dev lo
                    ip addr add %4$s/32 dev lo
                    ip -n %1$s link set lo up
                    ip -n %1$s link set eth0 up
                    ip -n %1$s addr add %2$s/32 dev eth0
                    ip -n %1$s route add %5$s dev eth0
                    ip -n %1$s route add default via %5$s dev eth0
                    """.formatted(namespace(node), address(0, node), address(1, node), address(2, node), CENTRE));
        }
        Commands.run(List.of("sh", "-e", "-s"), script.toString());
        Commands.run(List.of("nft", "-f", "-"), RULES);
        return new NamespaceNetwork();
    }

    @Override
    public Endpoints endpoints(int node) {
        return new Endpoints(
                new InetSocketAddress(address(0, node), CLIENT_PORT),
                new InetSocketAddress(address(0, node), HAZELCAST_PORT),
                new InetSocketAddress(address(0, node), LINK_PORT),
                new InetSocketAddress(address(1, node), LINK_PORT),
                new InetSocketAddress(address(2, node), 0));
    }

    @Override
    public List<String> commandAt(int node, List<String> command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace(node)));
        inside.addAll(command);
        return inside;
    }

    @Override
    public boolean canCut() {
        return true;
    }

    @Override
    public void cut(Set<Direction> directions) throws IOException {
        String elements =
                directions.stream().map(NamespaceNetwork::dropped).sorted().collect(Collectors.joining(", "));
        String rules = "flush set inet chaos cut\n";
        if (!elements.isEmpty()) {
            rules += "add element inet chaos cut { " + elements + " }\n";
        }
        Commands.run(List.of("nft", "-f", "-"), rules);
    }

    /** What the node itself sends to whatever stands for the other one, and what the proxy sends it in the node's place. */
    private static String dropped(Direction direction) {
        List<String> pairs = new ArrayList<>();
        for (int kind = 0; kind < ADDRESSES_OF_A_NODE; kind++) {
            pairs.add(address(0, direction.from()) + " . " + address(kind, direction.to()));
            if (kind > 0) {
                pairs.add(address(kind, direction.from()) + " . " + address(0, direction.to()));
            }
        }
        return String.join(", ", pairs);
    }

    private static String namespace(int node) {
        return "node-" + (node + 1);
    }

    private static String address(int kind, int node) {
        return "10.77." + kind + "." + (node + 1);
    }
}
