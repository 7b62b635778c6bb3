package dev.weft.transport;

import io.netty.buffer.ByteBuf;

/** Takes batches out of their frames and hands on the messages in them. Belongs to the event loop of its connection. */
final class BatchSplitter implements FrameReceiver, BatchFormat.Taker {
    private final FrameReceiver messages;
    private final BatchFormat format;
    private final boolean text;
    private final int maxMessageSize;

    /** @param text whether batches are text */
    BatchSplitter(FrameReceiver messages, boolean text, int maxMessageSize) {
        this.messages = messages;
        this.format = text ? BatchFormat.SEPARATED : BatchFormat.COUNTED;
        this.text = text;
        this.maxMessageSize = maxMessageSize;
    }

    /** The longest batch: as long as the longest message, which may be alone in it. */
    int maxBatchSize() {
        return maxMessageSize + format.header() + format.trailer();
    }

    @Override
    public boolean isReceiving() {
        return messages.isReceiving();
    }

    @Override
    public int longestNow(int longest) {
        return messages.longestNow(maxMessageSize) + format.header() + format.trailer();
    }

    @Override
    public void message(ByteBuf bytes, int offset, int length, boolean isText) {
        if (isText != text) {
            messages.broken(
                    CloseReason.TRANSPORT_VIOLATION,
                    isText ? "a text batch of binary messages" : "a binary batch of JSON");
            return;
        }
        BatchFormat.Fault fault = format.split(bytes, offset, length, messages.longestNow(maxMessageSize), this);
        if (fault != null) {
            messages.broken(fault.reason(), fault.words());
        }
    }

    @Override
    public boolean isTaking() {
        return messages.isReceiving();
    }

    @Override
    public void message(ByteBuf bytes, int offset, int length) {
        messages.message(bytes, offset, length, text);
    }

    @Override
    public void ping(ByteBuf bytes, int offset, int length) {
        messages.ping(bytes, offset, length);
    }

    @Override
    public void peerCloses(int code) {
        messages.peerCloses(code);
    }

    @Override
    public void broken(CloseReason reason, String fault) {
        messages.broken(reason, fault);
    }
}
