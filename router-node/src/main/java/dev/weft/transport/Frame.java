package dev.weft.transport;

import io.netty.buffer.ByteBuf;

/**
 * One message, encoded and framed once to be sent to many connections of the same serializer and framing. Unframed, the
 * message is what follows the first {@code headerLength} bytes, but for the trailer that batches of JSON have. Belongs to the event loop that made it; who made it
 * releases it when the last {@link Connection#send(Frame)} returned.
 */
public record Frame(ByteBuf bytes, int headerLength) {
    public void release() {
        bytes.release();
    }
}
