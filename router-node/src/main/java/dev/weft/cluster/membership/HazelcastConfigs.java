package dev.weft.cluster.membership;

import com.hazelcast.config.Config;
import com.hazelcast.config.InterfacesConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperty;
import dev.weft.cluster.membership.guard.GuardedNode;
import dev.weft.config.DiscoveryConfig;
import dev.weft.config.DiscoveryType;
import dev.weft.config.HostPort;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The configuration of the Hazelcast member inside a node. Nothing is read from files or the class path. */
final class HazelcastConfigs {
    private static final String VERTX_NODE_ID = "__vertx.nodeId";
    private static final int PARTIAL_DISCONNECTION_HEARTBEATS = 3;
    private static final int CALL_TIMEOUT_MILLIS = 20_000;
    private static final int LEAVE_SECONDS = 10;
    private static final int MAX_THREADS = 4;

    /**
     * Who joins is given partitions while it learns what to route, and both take its processors: one partition at a time, it serves clients a
     * quarter sooner. The price is that who leaves, and has no clients any more, takes a second or two longer.
     */
    private static final int MIGRATIONS_AT_ONCE = 1;

    /**
     * An attempt that began while the network was cut is not waited for when it is whole again; without this, it lasts for as
     * long as the operating system asks: two minutes.
     */
    private static final int CONNECT_SECONDS = 2;

    private HazelcastConfigs() {}

    /**
     * @param guarded who lets members in; null for everybody
     * @throws UnknownHostException if the host of the address cannot be resolved
     */
    static Config of(MembershipOptions options, MemberAttributes attributes, @Nullable GuardedNode guarded)
            throws UnknownHostException {
        Config config = new Config();
        config.setClusterName(options.clusterName());
        config.setMemberAttributeConfig(attributes.toConfig());
        vertx(config);
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.getIntegrityCheckerConfig().setEnabled(false);
        config.getSerializationConfig().setJavaSerializationFilterConfig(new JavaSerializationFilterConfig());
        network(config, options, guarded);
        detection(config, options.times());
        quiet(config);
        threads(config);
        return config;
    }

    /** What vertx-hazelcast asks of a member that it did not configure itself. */
    private static void vertx(Config config) {
        config.getMemberAttributeConfig()
                .setAttribute(VERTX_NODE_ID, UUID.randomUUID().toString());
        config.getMultiMapConfig("__vertx.subs").setValueCollectionType(MultiMapConfig.ValueCollectionType.SET);
    }

    /**
     * The member port and nothing else: with the advanced network configuration, Hazelcast serves clients, REST and
     * memcache only where it is given ports for them.
     */
    private static void network(Config config, MembershipOptions options, @Nullable GuardedNode guarded)
            throws UnknownHostException {
        HostPort address = options.address();
        ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig()
                .setPort(address.port())
                .setPortAutoIncrement(false)
                .setReuseAddress(true);
        endpoint.setSocketConnectTimeoutSeconds(CONNECT_SECONDS);
        set(config, ClusterProperty.SOCKET_BIND_ANY, address.isWildcard());
        if (!address.isWildcard()) {
            InetAddress resolved = InetAddress.getByName(address.host());
            endpoint.setInterfaces(new InterfacesConfig().setEnabled(true).addInterface(resolved.getHostAddress()));
            set(config, ClusterProperty.PREFER_IPv4_STACK, !(resolved instanceof Inet6Address));
        }
        if (guarded != null) {
            guarded.configure(endpoint);
        }
        config.getAdvancedNetworkConfig().setEnabled(true).setMemberEndpointConfig(endpoint);
        config.getAdvancedNetworkConfig().setJoin(join(options.discovery()));
    }

    private static JoinConfig join(DiscoveryConfig discovery) {
        JoinConfig join = new JoinConfig();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        if (discovery.type() == DiscoveryType.DNS) {
            join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-dns", discovery.name())
                    .setProperty("service-port", Integer.toString(discovery.port()));
            return join;
        }
        join.getTcpIpConfig().setEnabled(true);
        discovery.members().forEach(member -> join.getTcpIpConfig().addMember(member.toString()));
        return join;
    }

    private static void detection(Config config, MembershipOptions.Times times) {
        set(
                config,
                ClusterProperty.HEARTBEAT_INTERVAL_SECONDS,
                times.heartbeat().toSeconds());
        set(config, ClusterProperty.MAX_NO_HEARTBEAT_SECONDS, times.silence().toSeconds());
        set(config, ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS, times.merge().toSeconds());
        set(config, ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS, times.merge().toSeconds());
        set(
                config,
                ClusterProperty.PARTIAL_MEMBER_DISCONNECTION_RESOLUTION_HEARTBEAT_COUNT,
                PARTIAL_DISCONNECTION_HEARTBEATS);
        set(config, ClusterProperty.WAIT_SECONDS_BEFORE_JOIN, 0);
        set(config, ClusterProperty.OPERATION_CALL_TIMEOUT_MILLIS, CALL_TIMEOUT_MILLIS);
        set(config, ClusterProperty.GRACEFUL_SHUTDOWN_MAX_WAIT, LEAVE_SECONDS);
        set(config, ClusterProperty.PARTITION_MAX_PARALLEL_MIGRATIONS, MIGRATIONS_AT_ONCE);
    }

    private static void quiet(Config config) {
        set(config, ClusterProperty.PHONE_HOME_ENABLED, false);
        set(config, ClusterProperty.SHUTDOWNHOOK_ENABLED, false);
        set(config, ClusterProperty.HEALTH_MONITORING_LEVEL, "OFF");
        set(config, ClusterProperty.LOGGING_TYPE, "slf4j");
        set(config, ClusterProperty.LOGGING_ENABLE_DETAILS, false);
    }

    /** The tables are small and the machine belongs to the event loops. */
    private static void threads(Config config) {
        int threads = Math.max(2, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors() / 2));
        set(config, ClusterProperty.PARTITION_OPERATION_THREAD_COUNT, threads);
        set(config, ClusterProperty.GENERIC_OPERATION_THREAD_COUNT, 2);
        set(config, ClusterProperty.EVENT_THREAD_COUNT, 1);
        set(config, ClusterProperty.IO_THREAD_COUNT, 1);
        set(config, ClusterProperty.RESPONSE_THREAD_COUNT, 1);
        set(config, ClusterProperty.CLIENT_ENGINE_THREAD_COUNT, 1);
        set(config, ClusterProperty.CLIENT_ENGINE_BLOCKING_THREAD_COUNT, 1);
        set(config, ClusterProperty.CLIENT_ENGINE_QUERY_THREAD_COUNT, 1);
    }

    private static void set(Config config, HazelcastProperty property, Object value) {
        config.setProperty(property.getName(), value.toString());
    }
}
