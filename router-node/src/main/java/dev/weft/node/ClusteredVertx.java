package dev.weft.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.cluster.ClusterManager;

/**
 * Vert.x, clustered on the Hazelcast member that holds the tables. Its event bus is for rare control messages that can
 * afford to be lost; events and calls go over links.
 */
public final class ClusteredVertx {
    private ClusteredVertx() {}

    /**
     * Starts Vert.x with the native transport where there is one. Closing it leaves the Hazelcast member as it is.
     *
     * @param members of {@link dev.weft.cluster.membership.HazelcastMembership#clusterManager}
     * @param host the only address that the event bus listens on, and is reached at
     */
    public static Future<Vertx> start(ClusterManager members, VertxOptions options, String host) {
        options.setPreferNativeTransport(true);
        options.getEventBusOptions().setHost(host).setPort(0).setClusterPublicHost(host);
        return Vertx.builder().with(options).withClusterManager(members).buildClustered();
    }
}
