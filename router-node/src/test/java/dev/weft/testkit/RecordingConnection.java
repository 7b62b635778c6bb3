package dev.weft.testkit;

import dev.weft.lane.Congestible;
import dev.weft.lane.LocalLane;
import dev.weft.transport.CloseReason;
import dev.weft.transport.Connection;
import dev.weft.transport.ConnectionKind;
import dev.weft.transport.ConnectionListener;
import dev.weft.transport.ConnectionStatus;
import dev.weft.transport.Frame;
import dev.weft.transport.Framing;
import dev.weft.transport.Pace;
import dev.weft.transport.PeerCredentials;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** A connection without a socket: what is sent to it is encoded, decoded again and kept. */
public final class RecordingConnection implements Connection {
    private final LocalLane lane;
    private final Serializer serializer;
    private final Serializer client;
    private final List<WampMessage> received = new ArrayList<>();
    private final List<Congestible> awaited = new ArrayList<>();
    private ConnectionListener listener;
    private CloseReason closed;
    private int maxLength = Integer.MAX_VALUE;

    public RecordingConnection(LocalLane lane, SerializerId serializer) {
        this.lane = lane;
        this.serializer = Serializers.create(serializer, DecodeLimits.DEFAULT);
        this.client = Serializers.create(serializer, DecodeLimits.DEFAULT);
    }

    public void listener(ConnectionListener taker) {
        listener = taker;
    }

    public ConnectionListener listener() {
        return listener;
    }

    /** What the client sends: encoded and decoded as on the wire. */
    public void says(WampMessage message) {
        ByteBuf bytes = Unpooled.buffer();
        client.encode(message, bytes);
        try {
            listener.message(serializer.decode(bytes, 0, bytes.readableBytes()));
        } catch (ProtocolViolation violation) {
            listener.violation(violation);
        }
    }

    /** The transport is gone. */
    public void lost() {
        if (closed == null) {
            closed = CloseReason.TRANSPORT_LOST;
            listener.closed(CloseReason.TRANSPORT_LOST);
        }
    }

    /** From now on nothing longer is accepted. */
    public void limit(int bytes) {
        maxLength = bytes;
    }

    /** All messages received so far; who has looked at some may remove them. */
    public List<WampMessage> received() {
        return received;
    }

    public <T extends WampMessage> List<T> received(Class<T> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public ConnectionStatus status() {
        return new ConnectionStatus(
                id(), peer(), new ConnectionKind(transport(), "msgpack"), 0, 0, 0, 0, 0, 0, 0, Pace.KEEPS_UP, 0);
    }

    public boolean isClosed() {
        return closed != null;
    }

    public CloseReason closed() {
        return closed;
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public String peer() {
        return "test";
    }

    @Override
    public String transport() {
        return "recording";
    }

    @Override
    public PeerCredentials credentials() {
        return new PeerCredentials("192.0.2.1", false, false, List.of(), null, null, null);
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public Framing framing() {
        return Framing.RAWSOCKET;
    }

    @Override
    public LocalLane lane() {
        return lane;
    }

    @Override
    public boolean send(WampMessage message) {
        Frame frame = frame(message);
        return send(frame);
    }

    @Override
    public Frame frame(WampMessage message) {
        ByteBuf bytes = Unpooled.buffer();
        serializer.encode(message, bytes);
        return new Frame(bytes, 0, 0);
    }

    @Override
    public boolean send(Frame frame) {
        int length = frame.bytes().readableBytes();
        if (length > maxLength) {
            return false;
        }
        if (closed != null) {
            return true;
        }
        byte[] copy = new byte[length];
        frame.bytes().getBytes(frame.bytes().readerIndex(), copy);
        try {
            received.add(client.decode(Unpooled.wrappedBuffer(copy), 0, length));
        } catch (ProtocolViolation violation) {
            throw new AssertionError("the router sent what is no message", violation);
        }
        return true;
    }

    @Override
    public void waitFor(Congestible congested) {
        awaited.add(congested);
    }

    /** What the client had to wait for. */
    public List<Congestible> awaited() {
        return awaited;
    }

    @Override
    public void close(CloseReason reason) {
        if (closed == null) {
            closed = reason;
            listener.closed(reason);
        }
    }
}
