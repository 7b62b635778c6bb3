package dev.weft.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One message, encoded and framed once to be sent to many connections of the same serializer and framing. Belongs to the
 * event loop that made it; who made it releases it when the last {@link Connection#send(Frame)} returned.
 */
public final class Frame {
    private final ByteBuf bytes;
    private final int headerLength;
    private final int trailerLength;
    private @Nullable ByteBuf deflated;

    /**
     * @param headerLength bytes before the message
     * @param trailerLength bytes after it
     */
    public Frame(ByteBuf bytes, int headerLength, int trailerLength) {
        this.bytes = bytes;
        this.headerLength = headerLength;
        this.trailerLength = trailerLength;
    }

    public ByteBuf bytes() {
        return bytes;
    }

    /** Where in {@link #bytes} the message begins. */
    int messageOffset() {
        return bytes.readerIndex() + headerLength;
    }

    int messageLength() {
        return bytes.readableBytes() - headerLength - trailerLength;
    }

    /** The same message in a WebSocket frame, deflated: by the first connection that wants it so, for all others too. */
    ByteBuf deflated(MessageDeflater by, ByteBufAllocator allocator, boolean text) {
        if (deflated == null) {
            deflated = by.frame(allocator, bytes, messageOffset(), messageLength(), text);
        }
        return deflated;
    }

    public void release() {
        bytes.release();
        if (deflated != null) {
            deflated.release();
        }
    }
}
