package dev.weft.transport.http;

import dev.weft.transport.Backlog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for a {@code receive}, as they are written to the client. Outside of the heap, as what waits for
 * sockets is, so that the bound on all that counts them; the backlog of the event loop is told of every change. Belongs to
 * its event loop.
 */
final class Mailbox implements Backlog.Waiting {
    /** Bytes of messages that are taken at once, unless the first is longer: a frame between nodes has a bound. */
    private static final int LARGEST_BATCH = 16 << 20;

    private final Queue<Integer> lengths = new ArrayDeque<>();
    private final Backlog backlog;
    private final Runnable giveUp;
    private @Nullable ByteBuf bytes;
    private long known;
    private long waitingSince;

    /** @param giveUp closes the connection, because too much waits for all peers, and most of it for this one */
    Mailbox(Backlog backlog, Runnable giveUp) {
        this.backlog = backlog;
        this.giveUp = giveUp;
    }

    void add(ByteBuf from, int offset, int length) {
        ByteBuf gathered = bytes;
        if (gathered == null) {
            gathered = PooledByteBufAllocator.DEFAULT.directBuffer(length);
            bytes = gathered;
        }
        gathered.discardSomeReadBytes();
        gathered.writeBytes(from, offset, length);
        lengths.add(length);
        changed();
    }

    /** Tells the backlog what waits now. */
    private void changed() {
        long now = waiting();
        if (now == known) {
            return;
        }
        if (known == 0) {
            waitingSince = System.nanoTime();
            backlog.add(this);
        } else if (now == 0) {
            backlog.remove(this);
        }
        backlog.grew(now - known);
        known = now;
    }

    boolean isEmpty() {
        return lengths.isEmpty();
    }

    @Override
    public long waiting() {
        return bytes == null ? 0 : bytes.readableBytes();
    }

    /** How long something has been waiting; 0 if nothing does. */
    long waitingNanos() {
        return isEmpty() ? 0 : System.nanoTime() - waitingSince;
    }

    @Override
    public long recount() {
        return waiting();
    }

    @Override
    public void caughtUp() {
        // Nothing waits only when the backlog has been told.
    }

    @Override
    public void giveUp() {
        giveUp.run();
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
        changed();
        return taken;
    }

    /** Forgets all that waits. */
    void drop() {
        lengths.clear();
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
        changed();
    }
}
