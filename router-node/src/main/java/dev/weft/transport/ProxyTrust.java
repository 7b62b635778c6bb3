package dev.weft.transport;

import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * Whom a listener believes when told the address of a client.
 *
 * @param proxyProtocol whether every connection begins with a header of the PROXY protocol; who may not say so is closed
 * @param proxies the addresses that are believed, also in {@code X-Forwarded-For}
 */
public record ProxyTrust(boolean proxyProtocol, Predicate<InetAddress> proxies) {
    public static final ProxyTrust NOBODY = new ProxyTrust(false, address -> false);
}
