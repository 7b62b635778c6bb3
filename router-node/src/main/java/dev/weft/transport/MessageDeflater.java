package dev.weft.transport;

import io.netty.buffer.ByteBuf;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Deflates messages, each on its own, so that one serves all connections of an event loop (RFC 7692, section 7.2.1).
 * Belongs to the event loop.
 */
final class MessageDeflater {
    private static final int TAIL = 4;
    private static final int CHUNK = 1024;

    private @Nullable Deflater deflater;

    /** Appends the deflated message to {@code out}. */
    void deflate(ByteBuf in, int offset, int length, ByteBuf out) {
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
