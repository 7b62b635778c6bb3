package dev.weft.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whom a listener believes when told the address of a client.
 *
 * @param proxyProtocol whether every connection begins with a header of the PROXY protocol; who may not say so is closed
 * @param proxies the addresses that are believed, also in {@code X-Forwarded-For}
 */
public record ProxyTrust(boolean proxyProtocol, Predicate<InetAddress> proxies) {
    public static final ProxyTrust NOBODY = new ProxyTrust(false, address -> false);

    /**
     * Whether a client has come to an address that only this machine reaches, and is no proxy that speaks for others.
     *
     * @param asking who has opened the connection; null if that is not known
     */
    public boolean isOverLoopback(@Nullable SocketAddress own, @Nullable InetAddress asking) {
        return !proxyProtocol
                && own instanceof InetSocketAddress inet
                && inet.getAddress() != null
                && inet.getAddress().isLoopbackAddress()
                && (asking == null || !proxies.test(asking));
    }
}
