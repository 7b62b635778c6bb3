package dev.weft.cluster.link;

import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;

/**
 * Who is told what comes over the links. All calls for one link come on its event loop, {@link #linkUp} first and
 * {@link #linkDown} last, each once. What a frame changed must be in force when the call returns: the frame is
 * acknowledged then.
 */
public interface LinkListener {
    /** The handshake is done; nothing was received yet. */
    void linkUp(PeerLink link);

    void changed(PeerLink link, TableChange change);

    /** The payload is valid during the call only. */
    void routed(PeerLink link, RoutedMessage message);

    /** Nothing comes over the link any more, and what was sent since an unknown point does not arrive. */
    void linkDown(PeerLink link, LinkDownReason reason);
}
