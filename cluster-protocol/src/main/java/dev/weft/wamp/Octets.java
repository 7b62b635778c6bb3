package dev.weft.wamp;

import io.netty.buffer.ByteBuf;
import java.util.Objects;

/** Copies between buffers. */
public final class Octets {
    private Octets() {}

    /**
     * Appends {@code length} octets of {@code from}, which keeps its indexes, to {@code to}. From the heap it goes by the array: the
     * buffers of Netty's adaptive allocator make two objects, or three, to take the same from a buffer.
     */
    public static void append(ByteBuf from, int offset, int length, ByteBuf to) {
        if (from.hasArray()) {
            // The array may be longer than the buffer, and hold what is another's.
            Objects.checkFromIndexSize(offset, length, from.capacity());
            to.writeBytes(from.array(), from.arrayOffset() + offset, length);
        } else {
            to.writeBytes(from, offset, length);
        }
    }
}
