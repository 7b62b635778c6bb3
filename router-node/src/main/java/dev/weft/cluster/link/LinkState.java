package dev.weft.cluster.link;

/** Where the connection to a peer stands. */
public enum LinkState {
    /** This node calls the peer, or waits to call it again. */
    CONNECTING,
    /** The peer is to call this node. */
    AWAITED,
    UP,
    /** The connection was lost a moment ago; what is sent waits for the next one. */
    SUSPENDED
}
