package dev.weft.wamp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The application payload of a message, kept as the bytes it came in: {@code Arguments} and {@code ArgumentsKw} with
 * whatever stands between them in the message (nothing in MessagePack and CBOR, a comma in JSON), without what stands
 * before the first and after the last. Well formed and within limits, because decoding has checked it.
 *
 * <p>A payload is a view of the buffer it was read into and valid only while the batch that was read is handled. Who
 * keeps it longer, or hands it to another thread, keeps {@link #keep()} of it.
 */
public final class Payload {
    /** No {@code Arguments} and no {@code ArgumentsKw}. */
    public static final Payload EMPTY = new Payload(SerializerId.JSON, 0, Unpooled.EMPTY_BUFFER, 0, 0, true);

    private final SerializerId serializer;
    private final int elements;
    private final ByteBuf buffer;
    private final int offset;
    private final int length;
    private final boolean kept;

    private Payload(SerializerId serializer, int elements, ByteBuf buffer, int offset, int length, boolean kept) {
        this.serializer = serializer;
        this.elements = elements;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.kept = kept;
    }

    /**
     * A view of {@code length} bytes at {@code offset} of {@code buffer}.
     *
     * @param elements 1 for {@code Arguments} alone, 2 for both
     */
    public static Payload view(SerializerId serializer, int elements, ByteBuf buffer, int offset, int length) {
        return new Payload(serializer, elements, buffer, offset, length, false);
    }

    /** A payload that owns {@code bytes}, which must not change any more. */
    public static Payload of(SerializerId serializer, int elements, byte[] bytes) {
        return new Payload(serializer, elements, Unpooled.wrappedBuffer(bytes), 0, bytes.length, true);
    }

    public SerializerId serializer() {
        return serializer;
    }

    /** 0: none, 1: {@code Arguments} alone, 2: {@code Arguments} and {@code ArgumentsKw}. */
    public int elements() {
        return elements;
    }

    public boolean isEmpty() {
        return elements == 0;
    }

    /** Bytes. */
    public int length() {
        return length;
    }

    /** The buffer that {@link #offset()} and {@link #length()} speak of; its indexes are not to be moved. */
    public ByteBuf buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public void writeTo(ByteBuf out) {
        Octets.append(buffer, offset, length, out);
    }

    /** The same payload, valid for as long as it is referenced and on any thread; copies unless it is so already. */
    public Payload keep() {
        if (kept) {
            return this;
        }
        return of(serializer, elements, bytes());
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        return copy;
    }

    @Override
    public String toString() {
        return "Payload[" + serializer + ", " + elements + " elements, " + length + " bytes]";
    }
}
