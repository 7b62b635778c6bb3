package dev.weft.load.conformance.wire;

import dev.weft.load.client.Endpoint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection that carries messages as bytes. One thread sends and receives. */
interface Wire extends AutoCloseable {
    static Wire open(Endpoint endpoint, Language language) throws IOException {
        return switch (endpoint.speech()) {
            case RAWSOCKET -> RawSocketWire.open(endpoint, language);
            case WEBSOCKET -> WebSocketWire.open(endpoint, language);
            case DEFLATED_WEBSOCKET ->
                throw new IllegalArgumentException(
                        endpoint + ": the conformance suite does not deflate; use ws or wss");
            case NATS, RELAY -> throw new IllegalArgumentException(endpoint + " does not speak WAMP");
        };
    }

    void send(byte[] message) throws IOException;

    /**
     * Waits for a message.
     *
     * @return null if none came in time
     * @throws IOException also if the router has closed the connection
     */
    byte @Nullable [] receive(long millis) throws IOException;

    @Override
    void close();
}
