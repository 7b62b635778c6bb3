package dev.weft.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The messages to one batched WebSocket that are not flushed yet; when they are, they become one WebSocket message. Belongs
 * to the event loop of the connection.
 */
final class MessageBatch {
    /** Bytes beyond which a batch is closed before it is flushed. A message that is longer is a batch of its own. */
    static final int LARGEST = 256 * 1024;

    private static final int SMALLEST = 512;

    private final ByteBufAllocator allocator;
    private final boolean text;
    private final @Nullable MessageDeflater deflater;
    private @Nullable ByteBuf gathered;

    /** @param deflater null if compression was not negotiated */
    MessageBatch(ByteBufAllocator allocator, boolean text, @Nullable MessageDeflater deflater) {
        this.allocator = allocator;
        this.text = text;
        this.deflater = deflater;
    }

    /** Whether a message of {@code bytes} bytes has to begin another batch. */
    boolean isFullFor(int bytes) {
        return waiting() > 0 && waiting() + bytes > LARGEST;
    }

    /** A buffer to which {@code bytes} bytes are to be written. */
    ByteBuf room(int bytes) {
        ByteBuf batch = gathered;
        if (batch == null) {
            batch = WebSocketWriter.roomForPayload(allocator, Math.max(bytes, SMALLEST));
            gathered = batch;
        }
        return batch;
    }

    /** Bytes that wait. */
    int waiting() {
        return gathered == null ? 0 : gathered.readableBytes();
    }

    /** The WebSocket message of all that waits, or null if nothing does. The caller releases it. */
    @Nullable
    ByteBuf take() {
        ByteBuf batch = gathered;
        if (batch == null) {
            return null;
        }
        gathered = null;
        if (deflater == null) {
            return WebSocketWriter.framed(batch, WebSocketWriter.FIN | WebSocketWriter.opcode(text));
        }
        try {
            return deflater.frame(allocator, batch, batch.readerIndex(), batch.readableBytes(), text);
        } finally {
            batch.release();
        }
    }

    void release() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }
}
