package dev.weft.admin;

import dev.weft.observability.Scrape;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the admin port asks of its node. What is returned is made of records, lists, maps, texts, numbers and booleans,
 * and is sent as JSON ({@link AdminJson}).
 */
public interface AdminNode {
    /** Why the node should get no new clients; empty if it should. Never blocks. */
    List<String> notReady();

    /** Why the node has not started yet; empty if it has. Never blocks. */
    List<String> notStarted();

    /** All that has to be right for the node to be ready. Never blocks. */
    List<HealthCheck> checks();

    /**
     * All metrics. Called on a thread that may block.
     *
     * @param accept the formats that the scraper would have, as HTTP lists them; empty for any
     */
    Scrape metrics(String accept);

    /** What the node speaks TLS with, place by place. Called on a thread that may block. */
    Object tls();

    /** Done when every event loop has come round. Never blocks. */
    Future<Void> tick();

    /**
     * The nodes of the cluster; null while this one does not know them. Called on a thread that may block, as are the methods
     * below, which answer null likewise.
     */
    @Nullable
    Object members();

    /** The connections to the other nodes. */
    @Nullable
    Object links();

    /** What the tables hold. */
    @Nullable
    Object tables();

    /**
     * Compares what this node knows with what the others hold, and what this node holds with what the cluster keeps. Never
     * blocks; null while this node does not know its cluster.
     *
     * @param repair whether what differs is mended
     */
    @Nullable
    Future<?> verify(boolean repair);

    /** The node is to take leave and to stop. Never blocks. */
    void drain();
}
