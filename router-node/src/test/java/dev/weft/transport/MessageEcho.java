package dev.weft.transport;

import dev.weft.wamp.SerializerId;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;

/**
 * Sends every message of a WebSocket back as it came, without decoding it. The Autobahn test suite, which is compiled only
 * when it is run, talks to it; it stands here so that every build sees whether it still fits what it implements.
 */
record MessageEcho(SocketConnection connection) implements MessageSink {
    static Speech speech() {
        return new Speech(SerializerId.MSGPACK, (connection, acceptor) -> new MessageEcho(connection));
    }

    /** A WebSocket listener on loopback with room for the largest messages of the suite. */
    static ListenerOptions listener() {
        ConnectionLimits limits = new ConnectionLimits(
                20 << 20,
                20 << 20,
                8 << 20,
                64 << 20,
                100,
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO);
        return new ListenerOptions(
                "autobahn",
                new ListenerAddress.Tcp("127.0.0.1", 0),
                List.of("/"),
                List.of(SerializerId.MSGPACK),
                null,
                List.of(),
                true,
                limits,
                ProxyTrust.NOBODY,
                null);
    }

    @Override
    public void message(ByteBuf bytes, int offset, int length, boolean text) {
        connection.sendEncoded(bytes, offset, length, text);
    }

    @Override
    public void helloTooLarge(String fault) {
        throw new AssertionError("nobody says HELLO here: " + fault);
    }

    @Override
    public void paceChanged(Pace before, Pace now) {}

    @Override
    public void closed(CloseReason reason) {}
}
