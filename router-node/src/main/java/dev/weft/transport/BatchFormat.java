package dev.weft.transport;

import dev.weft.wamp.SerializerId;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** How messages follow each other in a batch (WAMP specification, "Message Batching"). */
public enum BatchFormat {
    /** Each message is followed by an octet that no JSON has. */
    SEPARATED(0, 1),
    /** Before each message stands its length, in 32 bits. The specification has this for MessagePack; CBOR does the same. */
    COUNTED(Integer.BYTES, 0);

    private static final byte SEPARATOR = 0x1E;

    private final int header;
    private final int trailer;

    BatchFormat(int header, int trailer) {
        this.header = header;
        this.trailer = trailer;
    }

    public static BatchFormat of(SerializerId serializer) {
        return serializer.isText() ? SEPARATED : COUNTED;
    }

    /** Octets before each message. */
    public int header() {
        return header;
    }

    /** Octets after each message. */
    public int trailer() {
        return trailer;
    }

    public void writeHeader(ByteBuf out, int length) {
        if (this == COUNTED) {
            out.writeInt(length);
        }
    }

    public void writeTrailer(ByteBuf out) {
        if (this == SEPARATED) {
            out.writeByte(SEPARATOR);
        }
    }

    /** Takes the messages of a batch, one after another. */
    public interface Taker {
        /** Asked before each message; what follows is left out once it says no. */
        boolean isTaking();

        /** The bytes are valid during the call only. */
        void message(ByteBuf bytes, int offset, int length);
    }

    /**
     * Hands on what is in a batch.
     *
     * @param maxMessageSize the longest message that is handed on, in bytes
     * @return what is wrong with the batch, once the messages before that have been handed on; null if nothing is
     */
    public @Nullable Fault split(ByteBuf batch, int offset, int length, int maxMessageSize, Taker taker) {
        if (length == 0) {
            return new Fault(CloseReason.TRANSPORT_VIOLATION, "a batch without a message");
        }
        int end = offset + length;
        int at = offset;
        while (at < end && taker.isTaking()) {
            int messageEnd = endOf(batch, at, end);
            if (messageEnd < 0) {
                return new Fault(CloseReason.TRANSPORT_VIOLATION, "a batch that ends within a message");
            }
            int messageLength = messageEnd - at - header;
            if (messageLength > maxMessageSize) {
                return new Fault(CloseReason.MESSAGE_TOO_LARGE, "more than " + maxMessageSize + " bytes in a message");
            }
            taker.message(batch, at + header, messageLength);
            at = messageEnd + trailer;
        }
        return null;
    }

    /** Where the message ends whose part of the batch begins at {@code at}, or -1. */
    private int endOf(ByteBuf batch, int at, int end) {
        if (this == SEPARATED) {
            return batch.indexOf(at, end, SEPARATOR);
        }
        if (end - at < header) {
            return -1;
        }
        long messageEnd = at + header + batch.getUnsignedInt(at);
        return messageEnd <= end ? (int) messageEnd : -1;
    }

    /** What is wrong with a batch. */
    public record Fault(CloseReason reason, String words) {}
}
