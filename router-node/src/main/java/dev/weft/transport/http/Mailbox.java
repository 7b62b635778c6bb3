package dev.weft.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for a {@code receive}, as they are written to the client. Outside of the heap, as what waits for
 * sockets is, so that the bound on all that counts them. Belongs to its event loop.
 */
final class Mailbox {
    /** Bytes of messages that are taken at once, unless the first is longer: a frame between nodes has a bound. */
    private static final int LARGEST_BATCH = 16 << 20;

    private final Queue<Integer> lengths = new ArrayDeque<>();
    private @Nullable ByteBuf bytes;

    void add(ByteBuf from, int offset, int length) {
        ByteBuf gathered = bytes;
        if (gathered == null) {
            gathered = PooledByteBufAllocator.DEFAULT.directBuffer(length);
            bytes = gathered;
        }
        gathered.discardSomeReadBytes();
        gathered.writeBytes(from, offset, length);
        lengths.add(length);
    }

    boolean isEmpty() {
        return lengths.isEmpty();
    }

    /** Bytes that wait. */
    int waiting() {
        return bytes == null ? 0 : bytes.readableBytes();
    }

    /** Takes the first message, of which there is one. */
    byte[] first() {
        return take(lengths.remove());
    }

    /** Takes all that waits. */
    byte[] batch() {
        int length = lengths.remove();
        for (Integer next = lengths.peek(); next != null && length + next <= LARGEST_BATCH; next = lengths.peek()) {
            length += lengths.remove();
        }
        return take(length);
    }

    private byte[] take(int length) {
        ByteBuf gathered = bytes;
        byte[] taken = new byte[length];
        if (gathered != null) {
            gathered.readBytes(taken);
        }
        if (lengths.isEmpty()) {
            drop();
        }
        return taken;
    }

    /** Forgets all that waits. */
    void drop() {
        lengths.clear();
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
