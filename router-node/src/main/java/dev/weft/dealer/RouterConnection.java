package dev.weft.dealer;

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
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import java.util.List;
import java.util.function.Consumer;

/** The end of a session of the router itself: what is sent to it is handed over as it is. Belongs to its event loop. */
final class RouterConnection implements Connection {
    private final LocalLane lane;
    private final Consumer<WampMessage> receiver;
    private final Serializer serializer = Serializers.create(SerializerId.MSGPACK, DecodeLimits.DEFAULT);

    RouterConnection(LocalLane lane, Consumer<WampMessage> receiver) {
        this.lane = lane;
        this.receiver = receiver;
    }

    @Override
    public long id() {
        return 0;
    }

    @Override
    public String peer() {
        return "router";
    }

    @Override
    public String transport() {
        return "none";
    }

    @Override
    public PeerCredentials credentials() {
        return new PeerCredentials(peer(), true, false, List.of(), null, null, null);
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

    /** Nobody lists it. */
    @Override
    public ConnectionStatus status() {
        return new ConnectionStatus(id(), peer(), ConnectionKind.of(this), 0, 0, 0, 0, 0, 0, 0, Pace.KEEPS_UP, 0);
    }

    @Override
    public boolean send(WampMessage message) {
        receiver.accept(message);
        return true;
    }

    /** Frames are for events, and this session subscribes to nothing. */
    @Override
    public Frame frame(WampMessage message) {
        throw new UnsupportedOperationException("the router's own session gets no event");
    }

    @Override
    public boolean send(Frame frame) {
        throw new UnsupportedOperationException("the router's own session gets no event");
    }

    /** Nothing is read here. */
    @Override
    public void waitFor(Congestible congested) {}

    @Override
    public void close(CloseReason reason) {}
}
