package dev.weft.link;

/** Why a handshake failed. The order of the constants is their number in the frame. */
public enum RejectReason {
    /** A reason that this version of the protocol does not know. */
    OTHER,
    /** What was received is no handshake. */
    MALFORMED,
    /** No version of the protocol is spoken by both. */
    VERSION,
    /** The node belongs to a cluster of another name. */
    CLUSTER,
    /** The proof is wrong: the secrets differ. */
    SECRET,
    /** The node with the greater name connected to the one with the smaller, or a node to itself. */
    DIRECTION,
    /** Another node answered than the one that was called, as after a restart. */
    NOT_THE_NODE_CALLED,
    /** The node was a member of the cluster and is none any more. */
    FORGOTTEN,
    /** The handshake took too long. */
    TIMEOUT,
    /** The certificate names neither the node nor the cluster. */
    CERTIFICATE;

    private static final RejectReason[] ALL = values();

    static RejectReason of(int code) {
        return code < ALL.length ? ALL[code] : OTHER;
    }
}
