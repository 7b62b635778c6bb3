package dev.weft.load.chaos.net;

import java.net.InetSocketAddress;

/**
 * The addresses of one node.
 *
 * @param clients where clients connect
 * @param hazelcast where Hazelcast listens
 * @param link where the node listens for links
 * @param linkProxy where the others are told to connect instead
 * @param proxySource from where the proxy connects on, when this is the node that connected to it
 */
public record Endpoints(
        InetSocketAddress clients,
        InetSocketAddress hazelcast,
        InetSocketAddress link,
        InetSocketAddress linkProxy,
        InetSocketAddress proxySource) {

    /** As configuration files write it. */
    public static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
