package dev.weft.transport;

import java.time.Duration;

/**
 * What one connection of a listener may use.
 *
 * @param maxMessageSize bytes of a message received, also after inflating and over all its fragments
 * @param maxHelloSize the same before WELCOME; never more than {@code maxMessageSize}
 * @param softOutboundBytes bytes that may wait for a peer before those who send to it may have to wait
 * @param maxOutboundBytes bytes that may wait for a peer that does not read; above, it is closed as a slow consumer
 * @param maxConnections how many connections the listener keeps open at once
 * @param handshakeTimeout from the connect until the transport's handshake is through, TLS apart
 * @param pingInterval silence after which the peer is pinged; zero for never
 * @param pingTimeout silence after a ping after which the connection is closed
 * @param idleTimeout time without a message either way after which the connection is closed; zero for never
 */
public record ConnectionLimits(
        int maxMessageSize,
        int maxHelloSize,
        int softOutboundBytes,
        long maxOutboundBytes,
        int maxConnections,
        Duration handshakeTimeout,
        Duration pingInterval,
        Duration pingTimeout,
        Duration idleTimeout) {

    public static final ConnectionLimits DEFAULT = new ConnectionLimits(
            1 << 20,
            16 << 10,
            512 << 10,
            4 << 20,
            100_000,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ZERO);

    public ConnectionLimits {
        maxHelloSize = Math.min(maxHelloSize, maxMessageSize);
    }

    /** What a client is told that sent more before WELCOME. */
    public String helloTooLarge() {
        return "a message of more than " + maxHelloSize + " bytes before WELCOME (limits.max-hello-size)";
    }
}
