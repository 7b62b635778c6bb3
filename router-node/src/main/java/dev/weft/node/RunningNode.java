package dev.weft.node;

import dev.weft.config.HostPort;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A node that is ready: it serves clients and knows the tables of its cluster. */
public interface RunningNode {
    /** The listeners in the order of the configuration, with the addresses that they were really bound to. */
    List<BoundListener> addresses();

    /** The names of the nodes of the cluster that are known now, this one included. */
    List<String> members();

    /** Where its admin port is, if it has one. */
    Optional<HostPort> adminAddress();

    /** Completes, on any thread, when the node was told over its admin port to stop. */
    CompletionStage<Void> drainRequest();

    /** Reads the configuration again. Reads files, so never called on an event loop. */
    ReloadReport reload();

    /**
     * Takes leave of the clients and of the other nodes (docs/operations.md), leaves the cluster and closes everything. Blocks
     * until it is done; a second call does nothing. Never called on an event loop.
     */
    void stop();
}
