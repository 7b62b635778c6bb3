package dev.weft.transport;

import dev.weft.wamp.SerializerId;
import dev.weft.wamp.rawsocket.RawSocketError;
import dev.weft.wamp.rawsocket.RawSocketHandshake;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The RawSocket handshake: four octets from the client, four back (WAMP specification, "RawSocket Transport"). */
final class RawSocketOpening implements Stage {
    private final SocketHandler socket;
    private int octets;
    private int request;

    RawSocketOpening(SocketHandler socket) {
        this.socket = socket;
    }

    @Override
    public void read(ByteBuf in) {
        while (octets < RawSocketHandshake.LENGTH && in.isReadable()) {
            request = request << 8 | in.readUnsignedByte();
            octets++;
        }
        if (octets < RawSocketHandshake.LENGTH) {
            return;
        }
        RawSocketError fault = socket.isRefused()
                ? RawSocketError.MAXIMUM_CONNECTION_COUNT_REACHED
                : RawSocketHandshake.fault(request);
        SerializerId serializer = offered(RawSocketHandshake.rawSocketId(request));
        if (fault != null) {
            refuse(fault);
        } else if (serializer == null) {
            refuse(RawSocketError.SERIALIZER_UNSUPPORTED);
        } else {
            open(serializer, in);
        }
    }

    private @Nullable SerializerId offered(int rawSocketId) {
        SerializerId serializer = SerializerId.ofRawSocketId(rawSocketId);
        boolean offered =
                serializer != null && socket.listener().options().serializers().contains(serializer);
        return offered ? serializer : null;
    }

    /** The limit announced is a power of two; up to the one configured is accepted all the same. */
    private void open(SerializerId serializer, ByteBuf in) {
        int maxMessageSize = Math.max(socket.limits().maxMessageSize(), RawSocketHandshake.SHORTEST_LIMIT);
        reply(RawSocketHandshake.of(maxMessageSize, serializer.rawSocketId()));
        int longest = Math.min(RawSocketHandshake.maxMessageLength(request), RawSocketWriter.LONGEST);
        SocketConnection connection = new SocketConnection(socket, serializer, new RawSocketWriter(longest), null);
        RawSocketReader reader =
                new RawSocketReader(connection, socket.allocator(), maxMessageSize, serializer.isText());
        socket.keepAliveByTcp();
        socket.open(connection, reader, in);
    }

    private void refuse(RawSocketError error) {
        reply(RawSocketHandshake.refusal(error));
        boolean full = error == RawSocketError.MAXIMUM_CONNECTION_COUNT_REACHED;
        socket.refuse(full ? CloseReason.CONNECTION_LIMIT : CloseReason.TRANSPORT_VIOLATION, error.name());
    }

    private void reply(int answer) {
        socket.queue().room(RawSocketHandshake.LENGTH).writeInt(answer);
        socket.queue().written(RawSocketHandshake.LENGTH);
    }
}
