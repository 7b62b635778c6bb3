package dev.weft.transport;

import dev.weft.wamp.rawsocket.RawSocketFrame;
import dev.weft.wamp.rawsocket.RawSocketFrame.Type;
import dev.weft.wamp.rawsocket.RawSocketHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * RawSocket frames: four octets, then the message (WAMP specification, "RawSocket Transport"). Frames of 2^24 bytes, for
 * which the specification has a bit that older peers do not know, are never sent.
 */
record RawSocketWriter(int maxMessageSize) implements FrameWriter {
    static final int LONGEST = RawSocketHandshake.LONGEST_MESSAGE - 1;
    private static final int HEADER = RawSocketFrame.HEADER_LENGTH;

    @Override
    public Framing framing() {
        return Framing.RAWSOCKET;
    }

    @Override
    public int headerLength(int length) {
        return HEADER;
    }

    @Override
    public void writeHeader(ByteBuf out, int length, boolean text) {
        // A message may be longer than a header can say; its frame is made for many, and then sent to nobody.
        out.writeInt(RawSocketFrame.header(Type.WAMP, Math.min(length, LONGEST)));
    }

    /** Autobahn|Python, for one, takes a ping for an error and closes. */
    @Override
    public boolean isPingUnderstood() {
        return false;
    }

    @Override
    public void writePing(OutboundQueue queue) {
        write(queue, Type.PING, Unpooled.EMPTY_BUFFER, 0, 0);
    }

    @Override
    public void writePong(OutboundQueue queue, ByteBuf bytes, int offset, int length) {
        if (length <= maxMessageSize) {
            write(queue, Type.PONG, bytes, offset, length);
        }
    }

    @Override
    public boolean writeClose(OutboundQueue queue, int code, String words) {
        return false;
    }

    private static void write(OutboundQueue queue, Type type, ByteBuf bytes, int offset, int length) {
        ByteBuf out = queue.room(HEADER + length);
        out.writeInt(RawSocketFrame.header(type, length));
        out.writeBytes(bytes, offset, length);
        queue.written(HEADER + length);
    }
}
