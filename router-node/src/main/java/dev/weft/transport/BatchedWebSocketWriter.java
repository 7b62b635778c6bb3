package dev.weft.transport;

import io.netty.buffer.ByteBuf;

/** Messages as they stand in a batch; what frames the batch is {@link MessageBatch}. */
final class BatchedWebSocketWriter extends WebSocketWriter {
    private final BatchFormat format;

    BatchedWebSocketWriter(BatchFormat format) {
        this.format = format;
    }

    @Override
    public Framing framing() {
        return Framing.WEBSOCKET_BATCH;
    }

    @Override
    public int headerLength(int length) {
        return format.header();
    }

    @Override
    public void writeHeader(ByteBuf out, int length, boolean text) {
        format.writeHeader(out, length);
    }

    @Override
    public int trailerLength() {
        return format.trailer();
    }

    @Override
    public void writeTrailer(ByteBuf out) {
        format.writeTrailer(out);
    }

    /** The messages that wait are sent before. */
    @Override
    public boolean writeClose(OutboundQueue queue, int code, String words) {
        queue.seal();
        return super.writeClose(queue, code, words);
    }
}
