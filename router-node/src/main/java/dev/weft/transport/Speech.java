package dev.weft.transport;

import dev.weft.wamp.SerializerId;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is spoken over the connections of a listener.
 *
 * @param withoutSubprotocol what a WebSocket client that offers no subprotocol of ours speaks; null to turn it away
 * @param sinks who deals with the messages of a connection
 */
record Speech(
        @Nullable SerializerId withoutSubprotocol,
        BiFunction<SocketConnection, ConnectionAcceptor, MessageSink> sinks) {
    static final Speech WAMP = new Speech(null, WampSink::new);
}
