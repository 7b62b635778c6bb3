package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import dev.weft.link.TableChange;
import org.jspecify.annotations.Nullable;

/** A link to another node, as far as the tables are concerned. One object for each time that a link comes up. */
public interface Peer {
    /** The node at the other end. */
    NodeId node();

    /**
     * Tells the other node a change; never blocks. Changes told by one thread arrive in order.
     *
     * @param acknowledged run once, on any thread, when the other node has applied the change; never if the link goes
     *     down before
     */
    void tell(TableChange change, @Nullable Runnable acknowledged);

    /**
     * Ends the link because the other node did not acknowledge in time: it gets nothing more over it, and what it says
     * is not heard. Never blocks.
     */
    void fence();
}
