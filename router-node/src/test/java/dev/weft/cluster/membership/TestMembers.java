package dev.weft.cluster.membership;

import dev.weft.cluster.key.ClusterKey;
import dev.weft.cluster.key.ClusterKeys;
import dev.weft.cluster.table.HazelcastTables;
import dev.weft.config.DiscoveryConfig;
import dev.weft.config.DiscoveryType;
import dev.weft.config.HostPort;
import dev.weft.link.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Members of one cluster in this JVM, on loopback and free ports; each finds the cluster at the first one's address.
 */
public final class TestMembers implements AutoCloseable {
    /** What members prove to each other. */
    public static final ClusterKeys KEYS =
            new ClusterKeys(new ClusterKey("known to the members of tests", "test"), List.of());

    private final String cluster =
            "test-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    private final List<HazelcastMembership> members = new ArrayList<>();

    public HazelcastMembership join(NodeId node) throws IOException {
        List<HostPort> seeds =
                members.isEmpty() ? List.of() : List.of(members.get(0).address());
        return join(node, new DiscoveryConfig(DiscoveryType.STATIC, seeds, null, 5701));
    }

    public HazelcastMembership join(NodeId node, DiscoveryConfig discovery) throws IOException {
        MembershipOptions options = new MembershipOptions(
                cluster,
                new HostPort("127.0.0.1", 0),
                discovery,
                MembershipOptions.DEFAULT_BACKUPS,
                MembershipOptions.Times.DEFAULT,
                TestMembers.KEYS);
        HazelcastMembership member = HazelcastTables.join(options, node, linkOf(node));
        members.add(member);
        return member;
    }

    public HazelcastMembership first() {
        return members.get(0);
    }

    public static HostPort linkOf(NodeId node) {
        return new HostPort("127.0.0.1", 7000 + (int) node.epoch());
    }

    /** As if the process had been killed: nothing is handed over. */
    public void kill(HazelcastMembership member) {
        members.remove(member);
        member.hazelcast().getLifecycleService().terminate();
    }

    @Override
    public void close() {
        members.forEach(member -> member.hazelcast().getLifecycleService().terminate());
    }
}
