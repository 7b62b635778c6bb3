package dev.weft.bench;

import dev.weft.lane.Congestible;
import dev.weft.lane.LocalLane;
import dev.weft.transport.CloseReason;
import dev.weft.transport.Connection;
import dev.weft.transport.ConnectionKind;
import dev.weft.transport.ConnectionStatus;
import dev.weft.transport.Frame;
import dev.weft.transport.Framing;
import dev.weft.transport.Pace;
import dev.weft.transport.PeerCredentials;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;

/** A connection to nowhere: frames are made and referenced as for a socket, then let go. */
final class SinkConnection implements Connection {
    private final LocalLane lane;
    private final Serializer serializer;
    private long bytes;

    SinkConnection(LocalLane lane, Serializer serializer) {
        this.lane = lane;
        this.serializer = serializer;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public String peer() {
        return "nowhere";
    }

    @Override
    public String transport() {
        return "sink";
    }

    @Override
    public PeerCredentials credentials() {
        return new PeerCredentials("127.0.0.1", true, false, List.of(), null, null, null);
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
    public ConnectionStatus status() {
        return new ConnectionStatus(
                id(), peer(), new ConnectionKind(transport(), "msgpack"), 0, 0, 0, 0, bytes, 0, 0, Pace.KEEPS_UP, 0);
    }

    @Override
    public boolean send(WampMessage message) {
        Frame frame = frame(message);
        send(frame);
        frame.release();
        return true;
    }

    @Override
    public Frame frame(WampMessage message) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(256);
        out.writeInt(0);
        serializer.encode(message, out);
        return new Frame(out, 4, 0);
    }

    @Override
    public boolean send(Frame frame) {
        ByteBuf written = frame.bytes().retainedDuplicate();
        bytes += written.readableBytes();
        written.release();
        return true;
    }

    @Override
    public void waitFor(Congestible congested) {
        throw new IllegalStateException("congested: " + lane.name());
    }

    @Override
    public void close(CloseReason reason) {
        throw new IllegalStateException("closed: " + reason);
    }
}
