package dev.weft.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Reads WebSocket frames (RFC 6455, section 5) and puts messages together. A message that arrived whole in one frame is
 * unmasked and handed on where it lies; only what did not is copied, into a buffer that grows with what arrives. What can
 * be refused is refused at the first octet that shows it.
 */
final class WebSocketReader implements Stage {
    private final FrameReceiver receiver;
    private final ByteBufAllocator allocator;
    private final int maxMessageSize;
    private final @Nullable MessageInflater inflater;
    private final WebSocketHeader header;
    private final Utf8Check utf8 = new Utf8Check();

    /** What came of the message that is being received in parts, or null. */
    private @Nullable ByteBuf message;

    private @Nullable ByteBuf control;
    private boolean inMessage;
    private boolean text;
    private boolean compressed;
    private boolean inPayload;
    private int payloadLength;
    private int payloadRead;
    private long compressedLength;

    /** @param inflater null if compression was not negotiated */
    WebSocketReader(
            FrameReceiver receiver,
            ByteBufAllocator allocator,
            int maxMessageSize,
            @Nullable MessageInflater inflater) {
        this.receiver = receiver;
        this.allocator = allocator;
        this.maxMessageSize = maxMessageSize;
        this.inflater = inflater;
        this.header = new WebSocketHeader(inflater != null);
    }

    @Override
    public void read(ByteBuf in) {
        while (receiver.isReceiving() && (inPayload || readHeader(in))) {
            if (payloadRead < payloadLength && !in.isReadable()) {
                return;
            }
            int available = Math.min(payloadLength - payloadRead, in.readableBytes());
            int offset = in.readerIndex();
            in.skipBytes(available);
            boolean ascii = WebSocketMask.remove(in, offset, available, header.mask(), payloadRead);
            payloadRead += available;
            boolean ends = payloadRead == payloadLength;
            inPayload = !ends;
            if (header.isControl()) {
                control(in, offset, available, ends);
            } else {
                data(in, offset, available, ends, ascii);
            }
            if (ends) {
                header.reset();
            }
        }
    }

    @Override
    public void gone() {
        release();
        if (inflater != null) {
            inflater.close();
        }
    }

    private boolean readHeader(ByteBuf in) {
        boolean complete = header.read(in);
        String fault = header.fault();
        if (fault != null) {
            return refuse(CloseReason.TRANSPORT_VIOLATION, fault);
        }
        return complete && beginPayload();
    }

    private boolean beginPayload() {
        if (!header.isControl() && !beginData()) {
            return false;
        }
        inPayload = true;
        payloadLength = (int) header.length();
        payloadRead = 0;
        return true;
    }

    private boolean beginData() {
        boolean continuation = header.opcode() == WebSocketWriter.CONTINUATION;
        if (continuation != inMessage) {
            return refuse(
                    CloseReason.TRANSPORT_VIOLATION,
                    inMessage ? "a new message before the last one ended" : "a continuation of no message");
        }
        if (!continuation) {
            inMessage = true;
            text = header.opcode() == WebSocketWriter.TEXT;
            compressed = header.isCompressed();
            compressedLength = 0;
            utf8.reset();
        }
        compressedLength += header.length();
        long before = message == null || compressed ? 0 : message.readableBytes();
        int longest = receiver.longestNow(maxMessageSize);
        if (before + header.length() > longest || compressedLength > longest) {
            return tooLarge(longest);
        }
        return true;
    }

    private void data(ByteBuf in, int offset, int length, boolean ends, boolean ascii) {
        boolean last = ends && header.isFinal();
        if (compressed) {
            inflate(in, offset, length, last);
        } else if (last && message == null && payloadLength == length) {
            whole(in, offset, length, ascii);
        } else {
            append(in, offset, length);
            if (last && receiver.isReceiving()) {
                complete();
            }
        }
    }

    private void whole(ByteBuf in, int offset, int length, boolean ascii) {
        if (text && !ascii && !(utf8.accept(in, offset, length) && utf8.isComplete())) {
            invalidUtf8();
            return;
        }
        inMessage = false;
        receiver.message(in, offset, length, text);
    }

    private void append(ByteBuf in, int offset, int length) {
        if (text && !utf8.accept(in, offset, length)) {
            invalidUtf8();
        } else if (length > 0) {
            gathered(length).writeBytes(in, offset, length);
        }
    }

    private void inflate(ByteBuf in, int offset, int length, boolean last) {
        ByteBuf out = gathered(length);
        int longest = receiver.longestNow(maxMessageSize);
        int before = out.writerIndex();
        MessageInflater.Outcome outcome = inflater == null
                ? MessageInflater.Outcome.NOT_DEFLATE
                : inflater.inflate(in, offset, length, last, out, longest);
        if (outcome == MessageInflater.Outcome.TOO_LARGE) {
            tooLarge(longest);
        } else if (outcome == MessageInflater.Outcome.NOT_DEFLATE) {
            refuse(CloseReason.TRANSPORT_VIOLATION, "a compressed message that is not in the deflate format");
        } else if (text && !utf8.accept(out, before, out.writerIndex() - before)) {
            invalidUtf8();
        } else if (last) {
            complete();
        }
    }

    private void complete() {
        ByteBuf whole = message == null ? Unpooled.EMPTY_BUFFER : message;
        if (text && !utf8.isComplete()) {
            invalidUtf8();
            return;
        }
        message = null;
        inMessage = false;
        try {
            receiver.message(whole, whole.readerIndex(), whole.readableBytes(), text);
        } finally {
            whole.release();
        }
    }

    private ByteBuf gathered(int length) {
        if (message == null) {
            message = allocator.directBuffer(Math.max(length, 64), Math.max(maxMessageSize + 1, 64));
        }
        return message;
    }

    private void control(ByteBuf in, int offset, int length, boolean ends) {
        if (ends && control == null) {
            dispatchControl(in, offset, length);
            return;
        }
        if (control == null) {
            control = allocator.directBuffer(WebSocketWriter.MAX_CONTROL);
        }
        control.writeBytes(in, offset, length);
        if (ends) {
            ByteBuf whole = control;
            control = null;
            try {
                dispatchControl(whole, 0, whole.readableBytes());
            } finally {
                whole.release();
            }
        }
    }

    private void dispatchControl(ByteBuf bytes, int offset, int length) {
        if (header.opcode() == WebSocketWriter.PING) {
            receiver.ping(bytes, offset, length);
        } else if (header.opcode() == WebSocketWriter.CLOSE) {
            dispatchClose(bytes, offset, length);
        }
    }

    private void dispatchClose(ByteBuf bytes, int offset, int length) {
        if (length == 0) {
            receiver.peerCloses(WebSocketWriter.NO_CODE);
            return;
        }
        if (length == 1 || !isCloseCode(bytes.getUnsignedShort(offset))) {
            refuse(CloseReason.TRANSPORT_VIOLATION, "a close frame without a valid code");
            return;
        }
        Utf8Check words = new Utf8Check();
        if (!words.accept(bytes, offset + 2, length - 2) || !words.isComplete()) {
            invalidUtf8();
            return;
        }
        receiver.peerCloses(bytes.getUnsignedShort(offset));
    }

    /** RFC 6455, section 7.4, and the codes registered since. */
    private static boolean isCloseCode(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    private void invalidUtf8() {
        refuse(CloseReason.INVALID_UTF8, "text that is not UTF-8");
    }

    private boolean tooLarge(int longest) {
        return refuse(CloseReason.MESSAGE_TOO_LARGE, "a message of more than " + longest + " bytes");
    }

    private boolean refuse(CloseReason reason, String fault) {
        release();
        receiver.broken(reason, fault);
        return false;
    }

    private void release() {
        if (message != null) {
            message.release();
            message = null;
        }
        if (control != null) {
            control.release();
            control = null;
        }
    }
}
