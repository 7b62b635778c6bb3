package dev.weft.cluster.link;

import dev.weft.link.NodeId;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;

/**
 * Who is told what comes over the links. All calls for one link come on its event loop, one at a time, {@link #linkUp}
 * first and {@link #linkDown} last, each once. What a frame changed must be in force when the call returns: the frame is
 * acknowledged then.
 */
public interface LinkListener {
    /** The handshake is done; nothing was received yet. */
    void linkUp(PeerLink link);

    void changed(PeerLink link, TableChange change);

    /** The payload is valid during the call only. */
    void routed(PeerLink link, RoutedMessage message);

    /**
     * The link goes on over another connection, after all that came over the one before. Its event loop may be another one
     * from now on: what it handed to the new one must be handled before the call returns, to keep the order.
     */
    void linkResumed(PeerLink link);

    /** Nothing comes over the link any more, and what was sent since an unknown point does not arrive. */
    void linkDown(PeerLink link, LinkDownReason reason);

    /**
     * A node is gone for good, at least until membership says otherwise: it is neither called nor let in any more. Told
     * after the end of its link, on any thread.
     */
    default void forgotten(NodeId node) {}
}
