package dev.weft.cluster.link;

import dev.weft.link.LinkHello;
import dev.weft.link.LinkSecret;
import dev.weft.link.LinkVersions;
import dev.weft.link.NodeId;
import dev.weft.tls.WatchedTls;
import org.jspecify.annotations.Nullable;

/**
 * What the links of this node are made with.
 *
 * @param node this node
 * @param cluster name of the cluster; nodes of another are refused
 * @param secret shared by all nodes; may be empty only if {@code host} is a loopback address, or with TLS
 * @param host address to listen on
 * @param port to listen on, 0 for any that is free
 * @param tls what both ends of a link show each other, taken into use anew when it changes; null for links in the clear
 */
public record LinkOptions(
        NodeId node,
        String cluster,
        LinkSecret secret,
        String host,
        int port,
        LinkTimes times,
        LinkLimits limits,
        @Nullable WatchedTls tls) {

    /** The first frame of this node on a connection. */
    LinkHello hello(byte[] nonce) {
        return new LinkHello(LinkVersions.SPOKEN, cluster, node, nonce);
    }

    /** The same, to go on with the link {@code resumes}. */
    LinkHello hello(byte[] nonce, byte[] resumes) {
        return new LinkHello(LinkVersions.SPOKEN, cluster, node, nonce, resumes);
    }
}
