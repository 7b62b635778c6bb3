package dev.weft.link;

/**
 * Who a node is. The first frame of each side.
 *
 * @param versions the versions of the protocol that the node speaks
 * @param cluster name of the cluster it belongs to
 * @param nonce {@link #NONCE_BYTES} random bytes drawn for this connection; the one of the connecting side names the link
 *     that comes of it
 * @param resumes the link that the connecting side wants to go on with, by its name, as long as a nonce; empty for none.
 *     Since version 2
 */
public record LinkHello(LinkVersions versions, String cluster, NodeId node, byte[] nonce, byte[] resumes)
        implements LinkHandshake {
    public static final int NONCE_BYTES = 32;

    private static final byte[] NONE = {};

    /** For a new link. */
    public LinkHello(LinkVersions versions, String cluster, NodeId node, byte[] nonce) {
        this(versions, cluster, node, nonce, NONE);
    }
}
