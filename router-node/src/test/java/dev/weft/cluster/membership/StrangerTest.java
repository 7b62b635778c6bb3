package dev.weft.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.spi.properties.ClusterProperty;
import dev.weft.cluster.key.ClusterKey;
import dev.weft.cluster.key.ClusterKeys;
import dev.weft.config.DiscoveryConfig;
import dev.weft.config.DiscoveryType;
import dev.weft.config.HostPort;
import dev.weft.link.NodeId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real members and clients of Hazelcast that do not know the cluster's key get neither membership nor data. */
class StrangerTest {
    private static final String CLUSTER = "guarded";
    private static final String JOIN_SECONDS = "4";
    private static final String PATIENT_JOIN_SECONDS = "60";

    private HazelcastMembership member;

    @BeforeEach
    void found() throws Exception {
        member = join("a", List.of(), keys("the secret of the cluster"));
        member.hazelcast().getMap("table").put("key", "value");
    }

    @AfterEach
    void leave() {
        member.leave();
    }

    @Test
    void aMemberOfStockHazelcastIsNotLetIn() {
        Config config = new Config().setClusterName(CLUSTER);
        quick(config);
        config.getNetworkConfig().setPort(0).getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).addMember(address());
        try {
            HazelcastInstance stranger = Hazelcast.newHazelcastInstance(config);
            try {
                assertThat(stranger.getCluster().getMembers()).hasSize(1);
                assertThat(stranger.getMap("table").get("key")).isNull();
            } finally {
                stranger.shutdown();
            }
        } catch (IllegalStateException gaveUp) {
            assertThat(gaveUp).hasMessageContaining("failed to start");
        }
        isAlone();
    }

    @Test
    void aMemberWithAnotherKeyIsNotLetIn() throws Exception {
        HazelcastMembership stranger = join("b", List.of(member.address()), keys("a secret of somebody else"));
        try {
            assertThat(stranger.view()).hasSize(1);
            assertThat(stranger.hazelcast().getMap("table").get("key")).isNull();
            isAlone();
        } finally {
            stranger.leave();
        }
    }

    @Test
    void aClientOfHazelcastIsNotServed() {
        ClientConfig config = new ClientConfig().setClusterName(CLUSTER);
        config.getNetworkConfig().addAddress(address());
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(2000);
        config.setProperty(ClusterProperty.LOGGING_TYPE.getName(), "none");
        assertThatThrownBy(() -> HazelcastClient.newHazelcastClient(config)).isInstanceOf(IllegalStateException.class);
        isAlone();
    }

    @Test
    void membersChangeTheirKeyOneAfterTheOther() throws Exception {
        HazelcastMembership knowsTheNext =
                patient("b", List.of(member.address()), keys("the secret of the cluster", "the secret after that"));
        member.leave();
        HazelcastMembership changed = patient(
                "c", List.of(knowsTheNext.address()), keys("the secret after that", "the secret of the cluster"));
        try {
            assertThat(changed.view()).hasSize(2);
            assertThat(changed.hazelcast().getMap("table").get("key")).isEqualTo("value");
        } finally {
            changed.leave();
            knowsTheNext.leave();
        }
    }

    private void isAlone() {
        assertThat(member.view()).hasSize(1);
        assertThat(member.refusedConnections()).isPositive();
        Map<Object, Object> table = member.hazelcast().getMap("table");
        assertThat(table).containsOnly(Map.entry("key", "value"));
    }

    private String address() {
        return member.address().toString();
    }

    private static void quick(Config config) {
        config.setProperty(ClusterProperty.MAX_JOIN_SECONDS.getName(), JOIN_SECONDS);
        config.setProperty(ClusterProperty.PHONE_HOME_ENABLED.getName(), "false");
        config.setProperty(ClusterProperty.LOGGING_TYPE.getName(), "none");
        config.setProperty(ClusterProperty.WAIT_SECONDS_BEFORE_JOIN.getName(), "0");
    }

    /** One that will not join. */
    private static HazelcastMembership join(String name, List<HostPort> seeds, ClusterKeys keys) throws Exception {
        return join(name, seeds, keys, JOIN_SECONDS);
    }

    private static HazelcastMembership patient(String name, List<HostPort> seeds, ClusterKeys keys) throws Exception {
        return join(name, seeds, keys, PATIENT_JOIN_SECONDS);
    }

    private static HazelcastMembership join(String name, List<HostPort> seeds, ClusterKeys keys, String seconds)
            throws Exception {
        MembershipOptions options = new MembershipOptions(
                CLUSTER,
                new HostPort("127.0.0.1", 0),
                new DiscoveryConfig(DiscoveryType.STATIC, seeds, null, 5701),
                MembershipOptions.DEFAULT_BACKUPS,
                MembershipOptions.Times.DEFAULT,
                keys);
        return HazelcastMembership.join(
                options,
                new NodeId(name, 1),
                new HostPort("127.0.0.1", 1),
                config -> config.setProperty(ClusterProperty.MAX_JOIN_SECONDS.getName(), seconds));
    }

    private static ClusterKeys keys(String secret, String... previous) {
        return new ClusterKeys(
                new ClusterKey(secret, CLUSTER),
                List.of(previous).stream()
                        .map(key -> new ClusterKey(key, CLUSTER))
                        .toList());
    }
}
