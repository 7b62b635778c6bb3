package dev.weft.transport;

import dev.weft.tls.WatchedTls;
import dev.weft.wamp.SerializerId;
import java.time.Duration;
import java.util.List;

/** Options of listeners on loopback, each with one thing different. */
final class Options {
    private static final ListenerOptions PLAIN = ListenerOptions.plain("test", new ListenerAddress.Tcp("127.0.0.1", 0));
    private static final ConnectionLimits LIMITS = ConnectionLimits.DEFAULT;

    private Options() {}

    static ListenerOptions serializers(SerializerId... serializers) {
        return new ListenerOptions(
                "test",
                PLAIN.address(),
                PLAIN.paths(),
                List.of(serializers),
                null,
                List.of(),
                false,
                LIMITS,
                ProxyTrust.NOBODY,
                null);
    }

    static ListenerOptions origins(String... origins) {
        return new ListenerOptions(
                "test",
                PLAIN.address(),
                PLAIN.paths(),
                PLAIN.serializers(),
                null,
                List.of(origins),
                false,
                LIMITS,
                ProxyTrust.NOBODY,
                null);
    }

    static ListenerOptions compression(int maxMessageSize) {
        return new ListenerOptions(
                "test",
                PLAIN.address(),
                PLAIN.paths(),
                PLAIN.serializers(),
                null,
                List.of(),
                true,
                maxMessageSize(maxMessageSize).limits(),
                ProxyTrust.NOBODY,
                null);
    }

    /** Addresses of {@code 127.} may say for whom they speak, up to 127.0.0.9. */
    static ListenerOptions trust(boolean proxyProtocol) {
        return new ListenerOptions(
                "test",
                PLAIN.address(),
                PLAIN.paths(),
                PLAIN.serializers(),
                null,
                List.of(),
                false,
                LIMITS,
                new ProxyTrust(
                        proxyProtocol, address -> address.getHostAddress().matches("127\\.0\\.0\\.[1-9]")),
                null);
    }

    static ListenerOptions tls(WatchedTls tls) {
        return new ListenerOptions(
                "test",
                PLAIN.address(),
                PLAIN.paths(),
                PLAIN.serializers(),
                tls,
                List.of(),
                false,
                LIMITS,
                ProxyTrust.NOBODY,
                null);
    }

    static ListenerOptions maxMessageSize(int bytes) {
        return limits(new ConnectionLimits(
                bytes,
                LIMITS.maxHelloSize(),
                LIMITS.softOutboundBytes(),
                LIMITS.maxOutboundBytes(),
                LIMITS.maxConnections(),
                LIMITS.handshakeTimeout(),
                LIMITS.pingInterval(),
                LIMITS.pingTimeout(),
                LIMITS.idleTimeout()));
    }

    static ListenerOptions maxOutboundBytes(long bytes) {
        return limits(new ConnectionLimits(
                LIMITS.maxMessageSize(),
                LIMITS.maxHelloSize(),
                LIMITS.softOutboundBytes(),
                bytes,
                LIMITS.maxConnections(),
                LIMITS.handshakeTimeout(),
                LIMITS.pingInterval(),
                LIMITS.pingTimeout(),
                LIMITS.idleTimeout()));
    }

    static ListenerOptions maxConnections(int connections) {
        return limits(new ConnectionLimits(
                LIMITS.maxMessageSize(),
                LIMITS.maxHelloSize(),
                LIMITS.softOutboundBytes(),
                LIMITS.maxOutboundBytes(),
                connections,
                LIMITS.handshakeTimeout(),
                LIMITS.pingInterval(),
                LIMITS.pingTimeout(),
                LIMITS.idleTimeout()));
    }

    static ListenerOptions handshakeTimeout(Duration timeout) {
        return times(timeout, LIMITS.pingInterval(), LIMITS.pingTimeout(), LIMITS.idleTimeout());
    }

    /** Asks often, and gives a test that answers the time that it may take on a busy machine. */
    static ListenerOptions pings() {
        return times(LIMITS.handshakeTimeout(), Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ZERO);
    }

    static ListenerOptions idle(Duration pingInterval, Duration timeout) {
        return times(LIMITS.handshakeTimeout(), pingInterval, LIMITS.pingTimeout(), timeout);
    }

    private static ListenerOptions times(Duration handshake, Duration ping, Duration pong, Duration idle) {
        return limits(new ConnectionLimits(
                LIMITS.maxMessageSize(),
                LIMITS.maxHelloSize(),
                LIMITS.softOutboundBytes(),
                LIMITS.maxOutboundBytes(),
                LIMITS.maxConnections(),
                handshake,
                ping,
                pong,
                idle));
    }

    private static ListenerOptions limits(ConnectionLimits limits) {
        return new ListenerOptions(
                "test",
                PLAIN.address(),
                PLAIN.paths(),
                PLAIN.serializers(),
                null,
                List.of(),
                false,
                limits,
                ProxyTrust.NOBODY,
                null);
    }
}
