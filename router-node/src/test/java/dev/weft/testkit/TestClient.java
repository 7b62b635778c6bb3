package dev.weft.testkit;

import dev.weft.transport.Framing;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A WAMP client over a real socket that waits for one message after the other. */
public final class TestClient implements AutoCloseable {
    private static final byte SEPARATOR = 0x1E;

    private final RawSocketClient rawSocket;
    private final WebSocketClient webSocket;
    private final Framing framing;
    private final Serializer serializer;
    private ByteBuf batch = Unpooled.EMPTY_BUFFER;
    private long lastRequest;
    private long session;
    private Welcome welcome;

    private TestClient(RawSocketClient rawSocket, WebSocketClient webSocket, Framing framing, SerializerId serializer) {
        this.rawSocket = rawSocket;
        this.webSocket = webSocket;
        this.framing = framing;
        this.serializer = Serializers.create(serializer, DecodeLimits.DEFAULT);
    }

    /** Connects and opens a session that announces all roles and call canceling. */
    public static TestClient join(int port, Framing framing, SerializerId serializer, String realm) throws IOException {
        return join(port, framing, serializer, realm, "call_canceling");
    }

    /** Connects and opens a session that announces all roles, each with these features. */
    public static TestClient join(int port, Framing framing, SerializerId serializer, String realm, String... features)
            throws IOException {
        TestClient client = connect(port, framing, serializer);
        Map<String, Object> role =
                Map.of("features", Stream.of(features).collect(Collectors.toMap(flag -> flag, flag -> true)));
        Map<String, Object> roles = Map.of("publisher", role, "subscriber", role, "caller", role, "callee", role);
        client.send(new Hello(realm, Map.of("roles", roles)));
        client.welcome = client.expect(Welcome.class);
        client.session = client.welcome.session();
        return client;
    }

    /** Whether the router announced the feature for one of its roles, broker or dealer. */
    public boolean isAnnounced(String role, String feature) {
        return welcome.details().get("roles") instanceof Map<?, ?> roles
                && roles.get(role) instanceof Map<?, ?> of
                && of.get("features") instanceof Map<?, ?> features
                && Boolean.TRUE.equals(features.get(feature));
    }

    public static TestClient connect(int port, Framing framing, SerializerId serializer) throws IOException {
        return framing == Framing.RAWSOCKET
                ? new TestClient(RawSocketClient.open(port, serializer.rawSocketId()), null, framing, serializer)
                : new TestClient(
                        null, WebSocketClient.open(port, subprotocol(framing, serializer)), framing, serializer);
    }

    private static String subprotocol(Framing framing, SerializerId serializer) {
        return framing == Framing.WEBSOCKET_BATCH ? serializer.subprotocol() + ".batched" : serializer.subprotocol();
    }

    /** By RawSocket over a socket that is connected, for TLS. */
    public static TestClient over(Socket socket, SerializerId serializer) throws IOException {
        RawSocketClient client = RawSocketClient.over(socket);
        client.handshake(15, serializer.rawSocketId());
        return new TestClient(client, null, Framing.RAWSOCKET, serializer);
    }

    /** By a WebSocket that is open. */
    public static TestClient over(WebSocketClient socket, SerializerId serializer) {
        return new TestClient(null, socket, Framing.WEBSOCKET, serializer);
    }

    public long session() {
        return session;
    }

    public long nextRequest() {
        return ++lastRequest;
    }

    public Serializer serializer() {
        return serializer;
    }

    public Payload payload(Object... args) {
        return serializer.payload(List.of(args), null);
    }

    public List<Object> args(WampMessage message) {
        return serializer.args(message.payload());
    }

    public void send(WampMessage message) throws IOException {
        ByteBuf out = Unpooled.buffer();
        serializer.encode(message, out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        if (rawSocket != null) {
            rawSocket.send(bytes);
        } else if (framing == Framing.WEBSOCKET_BATCH) {
            sendBatch(bytes);
        } else if (serializer.id().isText()) {
            webSocket.send(WebSocketClient.FIN | WebSocketClient.TEXT, bytes);
        } else {
            webSocket.sendBinary(bytes);
        }
    }

    private void sendBatch(byte[] message) throws IOException {
        ByteBuf batch = Unpooled.buffer();
        if (serializer.id().isText()) {
            batch.writeBytes(message).writeByte(SEPARATOR);
            webSocket.send(WebSocketClient.FIN | WebSocketClient.TEXT, ByteBufUtil.getBytes(batch));
        } else {
            batch.writeInt(message.length).writeBytes(message);
            webSocket.sendBinary(ByteBufUtil.getBytes(batch));
        }
    }

    private byte[] nextOfBatch() throws IOException {
        if (!batch.isReadable()) {
            batch = Unpooled.wrappedBuffer(webSocket.receive().payload());
        }
        boolean text = serializer.id().isText();
        byte[] message = new byte[text ? batch.bytesBefore(SEPARATOR) : batch.readInt()];
        batch.readBytes(message).skipBytes(text ? 1 : 0);
        return message;
    }

    private byte[] next() throws IOException {
        if (rawSocket != null) {
            return rawSocket.receive();
        }
        return framing == Framing.WEBSOCKET_BATCH
                ? nextOfBatch()
                : webSocket.receive().payload();
    }

    public WampMessage receive() throws IOException {
        byte[] bytes = next();
        try {
            return serializer.decode(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
        } catch (ProtocolViolation violation) {
            throw new IOException("the router sent what is no message: " + violation.fault(), violation);
        }
    }

    /** The next message, which must be of this type. */
    public <T extends WampMessage> T expect(Class<T> type) throws IOException {
        WampMessage message = receive();
        if (!type.isInstance(message)) {
            throw new AssertionError("expected " + type.getSimpleName() + ", got " + message);
        }
        return type.cast(message);
    }

    /** Says GOODBYE and waits for the answer. */
    public void leave() throws IOException {
        send(new Goodbye(Map.of(), "wamp.close.close_realm"));
        expect(Goodbye.class);
    }

    @Override
    public void close() throws IOException {
        if (rawSocket != null) {
            rawSocket.close();
        } else {
            webSocket.close();
        }
    }
}
