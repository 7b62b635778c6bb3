package dev.weft.transport;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.rawsocket.RawSocketFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads RawSocket frames. A frame that arrived whole is handed on where it lies; only one that did not is copied, into a
 * buffer that grows with what arrives.
 */
final class RawSocketReader implements Stage {
    private static final int HEADER = RawSocketFrame.HEADER_LENGTH;
    private static final int TYPE = 0x7;

    private final FrameReceiver receiver;
    private final ByteBufAllocator allocator;
    private final int maxMessageSize;
    private final boolean text;
    private @Nullable ByteBuf rest;

    RawSocketReader(FrameReceiver receiver, ByteBufAllocator allocator, int maxMessageSize, boolean text) {
        this.text = text;
        this.receiver = receiver;
        this.allocator = allocator;
        this.maxMessageSize = maxMessageSize;
    }

    @Override
    public void read(ByteBuf in) {
        if (rest != null && !completeRest(rest, in)) {
            return;
        }
        while (receiver.isReceiving() && in.isReadable()) {
            int start = in.readerIndex();
            int available = in.readableBytes();
            int length = available < HEADER ? -1 : lengthOf(in, start);
            if (length < 0 || available - HEADER < length) {
                keep(in);
                return;
            }
            in.readerIndex(start + HEADER + length);
            dispatch(in, start, length);
        }
    }

    @Override
    public void gone() {
        releaseRest();
    }

    /** Moves what belongs to the frame begun from {@code in} to {@code begun}, and hands it on once it is complete. */
    private boolean completeRest(ByteBuf begun, ByteBuf in) {
        if (!fill(begun, in, HEADER)) {
            return false;
        }
        int length = lengthOf(begun, 0);
        if (length < 0 || !fill(begun, in, HEADER + length)) {
            return false;
        }
        rest = null;
        try {
            dispatch(begun, 0, length);
        } finally {
            begun.release();
        }
        return true;
    }

    private static boolean fill(ByteBuf begun, ByteBuf in, int size) {
        int missing = size - begun.readableBytes();
        if (missing > 0) {
            begun.writeBytes(in, Math.min(missing, in.readableBytes()));
        }
        return begun.readableBytes() >= size;
    }

    private void keep(ByteBuf in) {
        if (!receiver.isReceiving()) {
            return;
        }
        int size = in.readableBytes();
        rest = allocator.directBuffer(Math.max(size, HEADER)).writeBytes(in);
    }

    /** The length in the header at {@code start}, or -1 if it was refused. */
    private int lengthOf(ByteBuf bytes, int start) {
        int length;
        try {
            int header = bytes.getInt(start);
            RawSocketFrame.type(header);
            length = RawSocketFrame.length(header);
        } catch (ProtocolViolation violation) {
            return refuse(CloseReason.TRANSPORT_VIOLATION, violation.fault());
        }
        int longest = receiver.longestNow(maxMessageSize);
        if (length > longest) {
            return refuse(CloseReason.MESSAGE_TOO_LARGE, "a frame of " + length + " bytes; the limit is " + longest);
        }
        return length;
    }

    private int refuse(CloseReason reason, String fault) {
        releaseRest();
        receiver.broken(reason, fault);
        return -1;
    }

    private void dispatch(ByteBuf bytes, int start, int length) {
        int type = bytes.getByte(start) & TYPE;
        if (type == RawSocketFrame.Type.WAMP.ordinal()) {
            receiver.message(bytes, start + HEADER, length, text);
        } else if (type == RawSocketFrame.Type.PING.ordinal()) {
            receiver.ping(bytes, start + HEADER, length);
        }
    }

    private void releaseRest() {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }
}
