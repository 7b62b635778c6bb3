package dev.weft.cluster.link;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The numbered frames that were sent and that the peer has not acknowledged: slices of the buffers that went to the
 * socket. A run of frames is let go when its last is acknowledged. Confined to the event loop of the link, but for
 * {@link #bytes}.
 */
final class ReplayWindow {
    /** @param held bytes of memory that go when the run goes */
    private record Run(ByteBuf frames, int count, int held) {}

    private final Queue<Run> runs = new ArrayDeque<>();
    private final AtomicLong bytes = new AtomicLong();
    private final long most;
    private boolean closed;
    private long before;

    /** @param most bytes; with zero the window keeps nothing and is never full */
    ReplayWindow(long most) {
        this.most = most;
        closed = most == 0;
    }

    /** Whether frames are kept at all. */
    boolean isOpen() {
        return !closed;
    }

    /** Memory held. Any thread. */
    long bytes() {
        return bytes.get();
    }

    /** Whether nothing more should be sent before something is acknowledged. */
    boolean isFull() {
        return !closed && bytes.get() >= most;
    }

    /**
     * Takes the next frames. The window owns {@code frames} from now on.
     *
     * @param count of the frames, at least 1
     * @param held bytes of the buffer of which {@code frames} is a part
     */
    void add(ByteBuf frames, int count, int held) {
        runs.add(new Run(frames, count, held));
        bytes.addAndGet(held);
    }

    /** The first {@code number} frames ever added are not needed any more. */
    void acknowledged(long number) {
        for (Run run = runs.peek(); run != null && before + run.count <= number; run = runs.peek()) {
            runs.remove();
            before += run.count;
            bytes.addAndGet(-run.held);
            run.frames.release();
        }
    }

    /**
     * Gives {@code out} all frames but the first {@code handled} ever added, which it then owns; the window keeps them.
     *
     * @return how many
     */
    long replay(long handled, Consumer<ByteBuf> out) {
        long number = before;
        long replayed = 0;
        Iterator<Run> rest = runs.iterator();
        while (rest.hasNext()) {
            Run run = rest.next();
            long skip = Math.max(0, Math.min(run.count, handled - number));
            number += run.count;
            if (skip < run.count) {
                replayed += run.count - skip;
                out.accept(without(run.frames, skip));
            }
        }
        return replayed;
    }

    /** A slice and no duplicate: whoever gets it, as TLS does, must not be able to write behind its end. */
    private static ByteBuf without(ByteBuf frames, long count) {
        int start = frames.readerIndex();
        for (long skipped = 0; skipped < count; skipped++) {
            start += Integer.BYTES + frames.getInt(start);
        }
        return frames.retainedSlice(start, frames.writerIndex() - start);
    }

    /** Lets go of everything; nothing is kept from now on. */
    void close() {
        closed = true;
        for (Run run = runs.poll(); run != null; run = runs.poll()) {
            bytes.addAndGet(-run.held);
            run.frames.release();
        }
    }
}
