package dev.weft.load.client;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.rawsocket.RawSocketFrame;
import dev.weft.wamp.rawsocket.RawSocketHandshake;
import io.netty.buffer.ByteBuf;

/** WAMP over RawSocket. */
final class RawSocketFraming implements Framing {
    private final SerializerId serializer;

    RawSocketFraming(SerializerId serializer) {
        this.serializer = serializer;
    }

    @Override
    public void writeOpening(ByteBuf out) {
        out.writeInt(RawSocketHandshake.of(RawSocketHandshake.LONGEST_MESSAGE, serializer.rawSocketId()));
    }

    @Override
    public boolean readOpening(ByteBuf in) throws ProtocolViolation {
        if (in.readableBytes() < RawSocketHandshake.LENGTH) {
            return false;
        }
        int answer = in.readInt();
        if (!RawSocketHandshake.isHandshake(answer) || RawSocketHandshake.isRefusal(answer)) {
            throw new ProtocolViolation("the router refuses the RawSocket handshake: " + Integer.toHexString(answer));
        }
        return true;
    }

    @Override
    public void write(Serializer encoder, WampMessage message, ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0);
        encoder.encode(message, out);
        int length = out.writerIndex() - start - RawSocketFrame.HEADER_LENGTH;
        out.setInt(start, RawSocketFrame.header(RawSocketFrame.Type.WAMP, length));
    }

    @Override
    public int next(ByteBuf in, StreamHandler answers) throws ProtocolViolation {
        if (in.readableBytes() < RawSocketFrame.HEADER_LENGTH) {
            return INCOMPLETE;
        }
        int header = in.getInt(in.readerIndex());
        int length = RawSocketFrame.length(header);
        if (in.readableBytes() < RawSocketFrame.HEADER_LENGTH + length) {
            return INCOMPLETE;
        }
        in.skipBytes(RawSocketFrame.HEADER_LENGTH);
        return switch (RawSocketFrame.type(header)) {
            case WAMP -> length;
            case PING -> {
                answers.out().writeInt(RawSocketFrame.header(RawSocketFrame.Type.PONG, length));
                answers.out().writeBytes(in, length);
                yield CONTROL;
            }
            case PONG -> {
                in.skipBytes(length);
                yield CONTROL;
            }
        };
    }
}
