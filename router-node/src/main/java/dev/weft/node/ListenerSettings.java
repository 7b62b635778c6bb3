package dev.weft.node;

import dev.weft.config.CookieConfig;
import dev.weft.config.HttpBridgeConfig;
import dev.weft.config.LimitsConfig;
import dev.weft.config.ListenerConfig;
import dev.weft.config.ListenerType;
import dev.weft.config.LongpollConfig;
import dev.weft.config.TlsConfig;
import dev.weft.tls.WatchedTls;
import dev.weft.transport.ConnectionLimits;
import dev.weft.transport.CookieLookup;
import dev.weft.transport.CookieOptions;
import dev.weft.transport.ListenerAddress;
import dev.weft.transport.ListenerOptions;
import dev.weft.transport.OutboundMemory;
import dev.weft.transport.ProxyTrust;
import dev.weft.transport.http.HttpOptions;
import dev.weft.transport.http.LongPollOptions;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From the configuration of a listener to what the transport wants to know, and back to what people are told. */
final class ListenerSettings {
    private ListenerSettings() {}

    static ListenerOptions options(ListenerConfig listener, LimitsConfig limits, NodeTls tls, CookieLookup cookies)
            throws NodeStartException {
        return new ListenerOptions(
                listener.name(),
                address(listener),
                listener.paths(),
                listener.serializers(),
                tls(listener, tls),
                listener.origins(),
                listener.compression(),
                new ConnectionLimits(
                        limits.maxMessageSize().toInt(),
                        limits.maxHelloSize().toInt(),
                        limits.outbound().soft(),
                        limits.outbound().hardBytes().bytes(),
                        listener.maxConnections(),
                        limits.handshakeTimeout(),
                        listener.pingInterval(),
                        listener.pingTimeout(),
                        listener.idleTimeout()),
                new ProxyTrust(listener.proxyProtocol(), address -> isTrusted(listener, address)),
                cookies(listener.cookie(), cookies));
    }

    private static @Nullable CookieOptions cookies(@Nullable CookieConfig cookie, CookieLookup lookup) {
        return cookie == null
                ? null
                : new CookieOptions(cookie.name(), cookie.attributes(), cookie.maxAge(), cookie.maxIdle(), lookup);
    }

    /** What may wait for all clients of the node. */
    static OutboundMemory memory(LimitsConfig limits) {
        long bytes = limits.outbound().totalBytes().bytes();
        return bytes == 0 ? OutboundMemory.ofProcess() : new OutboundMemory(bytes);
    }

    static HttpOptions http(ListenerConfig listener, LimitsConfig limits, NodeTls tls, CookieLookup cookies)
            throws NodeStartException {
        HttpBridgeConfig bridge = listener.httpBridge();
        LongpollConfig longpoll = listener.longpoll();
        return new HttpOptions(
                options(listener, limits, tls, cookies),
                bridge.callTimeout(),
                bridge.heartbeatInterval(),
                longpoll == null ? null : longpoll(longpoll));
    }

    private static LongPollOptions longpoll(LongpollConfig longpoll) {
        return new LongPollOptions(
                longpoll.path(),
                longpoll.receiveTimeout(),
                longpoll.idleTimeout(),
                Integer.parseInt(longpoll.successStatus()));
    }

    private static boolean isTrusted(ListenerConfig listener, InetAddress address) {
        return listener.trustedProxies().stream().anyMatch(range -> range.contains(address));
    }

    static BoundListener bound(ListenerConfig listener, ListenerAddress address) {
        String where =
                address instanceof ListenerAddress.UnixSocket unix ? unix.path().toString() : address.toString();
        return new BoundListener(listener.name(), listener.type(), where, listener.tls() != null, listener.paths());
    }

    private static ListenerAddress address(ListenerConfig listener) {
        if (listener.type() == ListenerType.UNIX) {
            return new ListenerAddress.UnixSocket(
                    Objects.requireNonNull(listener.socket()), ListenerAddress.UnixSocket.OWNER_AND_GROUP);
        }
        return new ListenerAddress.Tcp(
                listener.address().host(), listener.address().port());
    }

    private static @Nullable WatchedTls tls(ListenerConfig listener, NodeTls tls) throws NodeStartException {
        TlsConfig config = listener.tls();
        return config == null ? null : tls.load(config.settings("listener " + listener.name()));
    }
}
