package dev.weft.cluster.membership;

import dev.weft.cluster.key.ClusterKeys;
import dev.weft.config.ClusterConfig;
import dev.weft.config.DiscoveryConfig;
import dev.weft.config.HostPort;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How this node becomes a member.
 *
 * @param address where the member listens and is reached; port 0 takes any free one
 * @param keys what members prove to each other; null for a port that is open to all that reach it
 * @param backups how many members besides its owner hold each entry of the tables, 0 to 6
 */
public record MembershipOptions(
        String clusterName,
        HostPort address,
        DiscoveryConfig discovery,
        int backups,
        Times times,
        @Nullable ClusterKeys keys) {
    public static final int DEFAULT_BACKUPS = 1;

    /**
     * In whole seconds.
     *
     * @param heartbeat between two heartbeats of a member
     * @param silence a member that is not heard for this long is none any more
     * @param merge between two looks for the other side of a split
     */
    public record Times(Duration heartbeat, Duration silence, Duration merge) {
        public static final Times DEFAULT =
                new Times(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(3));
    }

    /** Of a configuration that was checked: its cluster is enabled. */
    public static MembershipOptions of(ClusterConfig config, @Nullable ClusterKeys keys) {
        return new MembershipOptions(
                config.name(),
                config.hazelcast().address(),
                Objects.requireNonNull(config.discovery(), "cluster.discovery"),
                DEFAULT_BACKUPS,
                new Times(
                        config.hazelcast().heartbeatInterval(),
                        config.hazelcast().heartbeatTimeout(),
                        config.hazelcast().mergeDelay()),
                keys);
    }
}
