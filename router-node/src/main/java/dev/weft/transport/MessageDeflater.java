package dev.weft.transport;

import dev.weft.wamp.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Deflates messages, each on its own, so that one deflater serves all connections of an event loop, and what became of a
 * message all connections that it goes to (RFC 7692, section 7.2.1). Belongs to the event loop.
 */
final class MessageDeflater {
    /** Shorter messages go as they are, as they may (section 6): few become shorter by more than some octets. */
    static final int SHORTEST = 128;

    private static final int TAIL = 4;
    private static final int CHUNK = 1024;

    private @Nullable Deflater deflater;

    /** A WebSocket frame of the message, deflated unless it is short. The caller releases it. */
    ByteBuf frame(ByteBufAllocator allocator, ByteBuf in, int offset, int length, boolean text) {
        int first = WebSocketWriter.FIN | WebSocketWriter.opcode(text);
        if (length < SHORTEST) {
            ByteBuf out = WebSocketWriter.roomForPayload(allocator, length);
            Octets.append(in, offset, length, out);
            return WebSocketWriter.framed(out, first);
        }
        ByteBuf out = WebSocketWriter.roomForPayload(allocator, length / 2);
        try {
            deflate(in, offset, length, out);
        } catch (RuntimeException | Error e) {
            out.release();
            throw e;
        }
        return WebSocketWriter.framed(out, first | WebSocketWriter.RSV1);
    }

    private void deflate(ByteBuf in, int offset, int length, ByteBuf out) {
        if (deflater == null) {
            deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        }
        deflater.setInput(in.nioBuffer(offset, length));
        int deflated;
        int writable;
        do {
            out.ensureWritable(CHUNK);
            writable = out.writableBytes();
            deflated = deflater.deflate(out.nioBuffer(out.writerIndex(), writable), Deflater.SYNC_FLUSH);
            out.writerIndex(out.writerIndex() + deflated);
        } while (deflated == writable);
        out.writerIndex(out.writerIndex() - TAIL);
        deflater.reset();
    }
}
