package dev.weft.link;

/**
 * Who a node is. The first frame of each side.
 *
 * @param versions the versions of the protocol that the node speaks
 * @param cluster name of the cluster it belongs to
 * @param nonce {@link #NONCE_BYTES} random bytes drawn for this connection; the one of the connecting side names the link
 */
public record LinkHello(LinkVersions versions, String cluster, NodeId node, byte[] nonce) implements LinkHandshake {
    public static final int NONCE_BYTES = 32;
}
