package dev.weft.load.cluster;

import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Hello;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import dev.weft.wamp.rawsocket.RawSocketFrame;
import dev.weft.wamp.rawsocket.RawSocketHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;

/**
 * A session over RawSocket with MessagePack, as plain as can be: what is sent is flushed at once, and messages are read
 * by whoever asks for the next. One thread may send while another one reads. Reads give up after {@value #PATIENCE_MILLIS}
 * milliseconds.
 */
final class BlockingClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;
    private static final Map<String, Object> DETAILS = Map.of(
            "roles",
            Map.of(
                    "caller", Map.of(),
                    "callee", Map.of("features", Map.of("registration_revocation", true)),
                    "publisher", Map.of(),
                    "subscriber", Map.of()));

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Serializer reading = Serializers.create(SerializerId.MSGPACK, DecodeLimits.DEFAULT);
    private final Serializer writing = Serializers.create(SerializerId.MSGPACK, DecodeLimits.DEFAULT);
    private long requests;

    private long session;

    private BlockingClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    /** A session of realm1. */
    static BlockingClient join(int port) throws IOException {
        return join(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** A session of realm1 whose operating system keeps no more than about {@code bytes} bytes that nobody reads. */
    static BlockingClient join(int port, int bytes) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(bytes);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return join(socket);
    }

    private static BlockingClient join(Socket socket) throws IOException {
        BlockingClient client = new BlockingClient(socket);
        ByteBuf hello = Unpooled.buffer(RawSocketHandshake.LENGTH)
                .writeInt(
                        RawSocketHandshake.of(RawSocketHandshake.LONGEST_MESSAGE, SerializerId.MSGPACK.rawSocketId()));
        hello.readBytes(client.out, RawSocketHandshake.LENGTH);
        client.out.flush();
        int answer = client.in.readInt();
        if (!RawSocketHandshake.isHandshake(answer) || RawSocketHandshake.isRefusal(answer)) {
            throw new IOException("handshake refused: " + Integer.toHexString(answer));
        }
        client.send(new Hello("realm1", DETAILS));
        client.session = ((Welcome) client.next(MessageType.WELCOME)).session();
        return client;
    }

    long session() {
        return session;
    }

    /** The arguments of the result of a call; the next message must be the result. */
    List<Object> result(String procedure, Object... args) throws IOException {
        send(new Call(++requests, CallOptions.DEFAULT, procedure, writing.payload(List.of(args), null)));
        return reading.args(((Result) next(MessageType.RESULT)).payload());
    }

    Map<String, Object> kwargs(Payload payload) {
        return reading.kwargs(payload);
    }

    List<Object> args(Payload payload) {
        return reading.args(payload);
    }

    /** How long a read may wait, in milliseconds. */
    void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    long subscribe(String topic, MatchPolicy match) throws IOException {
        send(new Subscribe(++requests, new SubscribeOptions(match, false), topic));
        return ((Subscribed) next(MessageType.SUBSCRIBED)).subscription();
    }

    /** Sends the request only; the answer is SUBSCRIBED. */
    long requestSubscription(String topic) throws IOException {
        send(new Subscribe(++requests, new SubscribeOptions(MatchPolicy.EXACT, false), topic));
        return requests;
    }

    void unsubscribe(long subscription) throws IOException {
        send(new Unsubscribe(++requests, subscription));
        next(MessageType.UNSUBSCRIBED);
    }

    /** Sends the request only; the answer is REGISTERED or ERROR. */
    long requestRegistration(String procedure) throws IOException {
        send(new Register(++requests, RegisterOptions.DEFAULT, procedure));
        return requests;
    }

    long register(String procedure) throws IOException {
        requestRegistration(procedure);
        return ((Registered) next(MessageType.REGISTERED)).registration();
    }

    void publish(String topic, long number) throws IOException {
        send(publication(topic, number));
    }

    /** Leaves with the next message that is sent. */
    void publishLater(String topic, long number) throws IOException {
        write(publication(topic, number));
    }

    long call(String procedure, long number) throws IOException {
        callLater(procedure, number);
        out.flush();
        return requests;
    }

    /** Leaves with the next message that is sent. */
    long callLater(String procedure, long number) throws IOException {
        write(new Call(++requests, CallOptions.DEFAULT, procedure, payload(number)));
        return requests;
    }

    /** Leaves with the next message that is sent. */
    void callLater(String procedure, String text) throws IOException {
        write(new Call(++requests, CallOptions.DEFAULT, procedure, writing.payload(List.of(text), null)));
    }

    /** Leaves with the next message that is sent. */
    void sendLater(WampMessage message) throws IOException {
        write(message);
    }

    void send(WampMessage message) throws IOException {
        write(message);
        out.flush();
    }

    void flush() throws IOException {
        out.flush();
    }

    /** The next message, which must be of this type. */
    WampMessage next(MessageType expected) throws IOException {
        WampMessage message = next();
        if (message.type() != expected) {
            String said = message instanceof ErrorMessage error ? error.error() : message.toString();
            throw new IOException("expected " + expected + ", got " + message.type() + ": " + said);
        }
        return message;
    }

    WampMessage next() throws IOException {
        try {
            while (true) {
                int header = in.readInt();
                byte[] frame = in.readNBytes(RawSocketFrame.length(header));
                if (RawSocketFrame.type(header) == RawSocketFrame.Type.WAMP) {
                    return reading.decode(Unpooled.wrappedBuffer(frame), 0, frame.length);
                }
                if (RawSocketFrame.type(header) == RawSocketFrame.Type.PING) {
                    pong(frame);
                }
            }
        } catch (ProtocolViolation violation) {
            throw new IOException(violation);
        }
    }

    /** The number that a message made here carries. */
    long number(Payload payload) {
        return ((Number) reading.args(payload).get(0)).longValue();
    }

    Payload payload(long number) {
        return writing.payload(List.of(number), null);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Leaves with the next message that is sent. */
    void publishLater(String topic, String text) throws IOException {
        Payload payload = writing.payload(List.of(text), null);
        write(new Publish(++requests, PublishOptions.DEFAULT, topic, payload));
    }

    /** Leaves with the next message that is sent. */
    void publishLater(String topic, long number, String text) throws IOException {
        Payload payload = writing.payload(List.of(number, text), null);
        write(new Publish(++requests, PublishOptions.DEFAULT, topic, payload));
    }

    /** Whether the router has cut the session off: what it had sent before is read and dropped. */
    boolean isCutOff() throws IOException {
        try {
            while (in.skip(Long.MAX_VALUE) > 0 || in.available() > 0) {
                // There is more.
            }
            return in.read() < 0;
        } catch (SocketTimeoutException silent) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private Publish publication(String topic, long number) {
        return new Publish(++requests, PublishOptions.DEFAULT, topic, payload(number));
    }

    private synchronized void write(WampMessage message) throws IOException {
        ByteBuf frame = Unpooled.buffer(128);
        frame.writeInt(0);
        writing.encode(message, frame);
        int length = frame.readableBytes() - RawSocketFrame.HEADER_LENGTH;
        frame.setInt(0, RawSocketFrame.header(RawSocketFrame.Type.WAMP, length));
        frame.readBytes(out, frame.readableBytes());
    }

    private synchronized void pong(byte[] payload) throws IOException {
        ByteBuf frame = Unpooled.buffer(RawSocketFrame.HEADER_LENGTH + payload.length);
        frame.writeInt(RawSocketFrame.header(RawSocketFrame.Type.PONG, payload.length));
        frame.writeBytes(payload);
        frame.readBytes(out, frame.readableBytes());
        out.flush();
    }
}
