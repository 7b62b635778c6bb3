package dev.weft.cluster.table;

import static org.awaitility.Awaitility.await;

import com.hazelcast.config.EndpointConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.MembershipOptions;
import dev.weft.cluster.membership.TestMembers;
import dev.weft.config.DiscoveryConfig;
import dev.weft.config.DiscoveryType;
import dev.weft.config.HostPort;
import dev.weft.link.NodeId;
import dev.weft.node.cli.LocalPorts;
import dev.weft.testkit.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Two real members that lose each other's bytes for a while. */
final class SplitMembers implements AutoCloseable {
    private final String cluster =
            "split-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    private final List<Integer> ports = LocalPorts.free(2);
    private final List<TcpProxy> proxies = List.of(new TcpProxy(ports.get(0), 1), new TcpProxy(ports.get(1), 1));
    private final List<HazelcastMembership> members = new ArrayList<>();

    SplitMembers() throws IOException {}

    /** The first, then the second. */
    HazelcastMembership join(NodeId node) throws IOException {
        int index = members.size();
        List<HostPort> seeds = List.of(address(index), address(1 - index));
        MembershipOptions options = new MembershipOptions(
                cluster,
                new HostPort("127.0.0.1", ports.get(index)),
                new DiscoveryConfig(DiscoveryType.STATIC, seeds, null, 5701),
                1,
                MembershipOptions.Times.DEFAULT,
                TestMembers.KEYS);
        HazelcastMembership member = HazelcastMembership.join(options, node, new HostPort("127.0.0.1", 1), config -> {
            HazelcastTables.configure(config, 1, PayloadCodec.PLAIN);
            for (EndpointConfig endpoint :
                    config.getAdvancedNetworkConfig().getEndpointConfigs().values()) {
                ((ServerSocketEndpointConfig) endpoint)
                        .setPublicAddress(address(index).toString());
            }
        });
        members.add(member);
        return member;
    }

    private HostPort address(int index) {
        return new HostPort("127.0.0.1", proxies.get(index).address().getPort());
    }

    /** Each is the other's no more; it takes until they notice. */
    void split() {
        for (TcpProxy proxy : proxies) {
            proxy.hold(true);
        }
    }

    void heal() {
        for (TcpProxy proxy : proxies) {
            proxy.hold(false);
        }
    }

    /** Until each member sees so many. */
    void awaitSize(int size) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> members.stream().allMatch(member -> member.view().size() == size));
    }

    @Override
    public void close() throws IOException {
        for (HazelcastMembership member : members) {
            member.hazelcast().getLifecycleService().terminate();
        }
        for (TcpProxy proxy : proxies) {
            proxy.close();
        }
    }
}
