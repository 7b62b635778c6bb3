package dev.weft.node;

import java.util.List;

/** A node that is ready: it serves clients and knows the tables of its cluster. */
public interface RunningNode {
    /** The listeners in the order of the configuration, with the addresses that they were really bound to. */
    List<BoundListener> addresses();

    /** The names of the nodes of the cluster that are known now, this one included. */
    List<String> members();

    /**
     * Leaves the cluster, ends the sessions and closes everything. Blocks until it is done; a second call does nothing.
     * Never called on an event loop.
     */
    void stop();
}
