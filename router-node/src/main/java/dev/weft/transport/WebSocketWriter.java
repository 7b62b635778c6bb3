package dev.weft.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** WebSocket frames as a server sends them: final and unmasked (RFC 6455, section 5.2). */
class WebSocketWriter implements FrameWriter {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final int MAX_CONTROL = 125;
    /** Stands for a close frame without a code; never sent. */
    static final int NO_CODE = 1005;
    /** Stands for the lack of a close frame; never sent. */
    static final int ABNORMAL = 1006;

    private static final int LONGEST_HEADER = 10;
    private static final int SHORT = 126;
    private static final int LONG = 127;

    @Override
    public Framing framing() {
        return Framing.WEBSOCKET;
    }

    @Override
    public int maxMessageSize() {
        return Integer.MAX_VALUE;
    }

    @Override
    public int headerLength(int length) {
        return lengthOfHeader(length);
    }

    static int lengthOfHeader(int length) {
        if (length <= MAX_CONTROL) {
            return 2;
        }
        return length <= 0xFFFF ? 4 : 10;
    }

    @Override
    public void writeHeader(ByteBuf out, int length, boolean text) {
        writeHeader(out, FIN | opcode(text), length);
    }

    @Override
    public boolean isPingUnderstood() {
        return true;
    }

    @Override
    public void writePing(OutboundQueue queue) {
        writeControl(queue, PING, Unpooled.EMPTY_BUFFER, 0, 0);
    }

    @Override
    public void writePong(OutboundQueue queue, ByteBuf bytes, int offset, int length) {
        writeControl(queue, PONG, bytes, offset, length);
    }

    /** Codes that must not be sent (RFC 6455, section 7.4.1) and words too long for a frame are left out. */
    @Override
    public boolean writeClose(OutboundQueue queue, int code, String words) {
        if (code == NO_CODE || code == ABNORMAL) {
            writeControl(queue, CLOSE, Unpooled.EMPTY_BUFFER, 0, 0);
            return true;
        }
        ByteBuf payload = Unpooled.buffer(MAX_CONTROL);
        payload.writeShort(code);
        byte[] utf8 = words.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_CONTROL - Short.BYTES) {
            payload.writeBytes(utf8);
        }
        writeControl(queue, CLOSE, payload, 0, payload.readableBytes());
        return true;
    }

    private static void writeControl(OutboundQueue queue, int opcode, ByteBuf bytes, int offset, int length) {
        ByteBuf out = queue.room(2 + length);
        writeHeader(out, FIN | opcode, length);
        out.writeBytes(bytes, offset, length);
        queue.written(2 + length);
    }

    static int opcode(boolean text) {
        return text ? TEXT : BINARY;
    }

    /** A buffer to which a payload is written before its length is known; {@link #framed} makes a frame of it. */
    static ByteBuf roomForPayload(ByteBufAllocator allocator, int bytes) {
        return allocator.directBuffer(LONGEST_HEADER + bytes).setIndex(LONGEST_HEADER, LONGEST_HEADER);
    }

    /** Puts the header of a frame right before the payload that was written to {@link #roomForPayload}. */
    static ByteBuf framed(ByteBuf payload, int firstOctet) {
        int length = payload.readableBytes();
        int end = payload.writerIndex();
        int begin = LONGEST_HEADER - lengthOfHeader(length);
        payload.setIndex(begin, begin);
        writeHeader(payload, firstOctet, length);
        return payload.setIndex(begin, end);
    }

    static void writeHeader(ByteBuf out, int firstOctet, int length) {
        out.writeByte(firstOctet);
        if (length <= MAX_CONTROL) {
            out.writeByte(length);
        } else if (length <= 0xFFFF) {
            out.writeByte(SHORT);
            out.writeShort(length);
        } else {
            out.writeByte(LONG);
            out.writeLong(length);
        }
    }
}
