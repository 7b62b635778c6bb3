package dev.weft.cluster.link;

import dev.weft.link.LinkAck;
import dev.weft.link.LinkControl;
import dev.weft.link.LinkEncoder;
import dev.weft.link.LinkFrame;
import dev.weft.link.LinkViolation;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending half of a link. Frames come from any thread and wait in a queue; the link's event loop, woken once for all
 * that gathers, encodes them into as few buffers as it can and flushes once. While there is no connection, while the
 * socket takes no more, and while the window for a replay is full, they stay in the queue.
 */
final class LinkOutbox {
    private static final Logger LOG = LoggerFactory.getLogger(LinkOutbox.class);
    private static final int CHUNK = 1024;
    private static final int SMALL_BATCH = 1024;
    private static final int LARGE_BATCH = 64 * 1024;
    private static final int FRAMES_PER_TURN = 16_384;

    private record Told(TableChange change, @Nullable Runnable acknowledged) {}

    private record Awaited(long number, Runnable acknowledged) {}

    private final PeerLink link;
    private final LinkHome home;
    private final LinkCounters counters;
    private final int frameBytes;
    private final LinkEncoder encoder;
    private final ReplayWindow window;
    private final MpscUnboundedArrayQueue<Object> queue = new MpscUnboundedArrayQueue<>(CHUNK);
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Runnable drain = this::drain;
    private final Queue<Awaited> awaited = new ArrayDeque<>();
    private final Queue<ByteBuf> replay = new ArrayDeque<>();
    private volatile @Nullable LinkConnection connection;
    private @Nullable ByteBuf batch;
    private int runStart;
    private int runFrames;
    private boolean draining;
    private boolean ended;
    private long numbered;
    private volatile long sent;
    private volatile long acknowledged;

    /** @param window keeps what was sent until it is acknowledged */
    LinkOutbox(PeerLink link, LinkHome home, LinkEncoder encoder, ReplayWindow window, LinkEnvironment environment) {
        this.link = link;
        this.home = home;
        this.encoder = encoder;
        this.window = window;
        this.counters = environment.counters();
        this.frameBytes = environment.options().limits().frameBytes();
    }

    /** Takes a message whose payload is kept. Any thread. */
    void offer(RoutedMessage message) {
        queuedBytes.addAndGet(FrameCost.of(message));
        queue.offer(message);
        wake();
    }

    /** Any thread. */
    void offer(TableChange change, @Nullable Runnable whenAcknowledged) {
        queuedBytes.addAndGet(FrameCost.of(change));
        queue.offer(new Told(change, whenAcknowledged));
        wake();
    }

    /** Of the protocol, as agreed on. Any thread. */
    int version() {
        return encoder.version();
    }

    /** What waits to be sent, in the queue and in the socket's buffer. Any thread. */
    long queuedBytes() {
        LinkConnection present = connection;
        return queuedBytes.get() + (present == null ? 0 : present.pendingBytes());
    }

    /** Numbered frames. Any thread. */
    long sent() {
        return sent;
    }

    /** Numbered frames. Any thread. */
    long acknowledged() {
        return acknowledged;
    }

    /** What was sent and is kept for a replay. Any thread. */
    long replayBytes() {
        return window.bytes();
    }

    private void wake() {
        if (woken.get() || !woken.compareAndSet(false, true)) {
            return;
        }
        try {
            home.loop().execute(drain);
        } catch (RejectedExecutionException loopIsGone) {
            discard();
        }
    }

    /** The first connection. */
    void connect(LinkConnection first) {
        connection = first;
    }

    /** The connection is gone; what was encoded for it and is numbered is in the window. */
    void disconnected() {
        connection = null;
        endRun();
        dropReplay();
        if (batch != null) {
            batch.release();
            batch = null;
        }
    }

    /**
     * Goes on over another connection, with the frames that the peer has not handled.
     *
     * @param handled numbered frames that the peer has handled
     */
    void resume(LinkConnection next, long handled) throws LinkViolation {
        acknowledgedByPeer(handled);
        long frames = window.replay(handled, replay::add);
        counters.replayed(
                frames, replay.stream().mapToLong(ByteBuf::readableBytes).sum());
        connection = next;
        drain();
    }

    /** @return whether nothing is left of the replay */
    private boolean sendReplay(LinkConnection present) {
        while (present.isWritable()) {
            ByteBuf run = replay.poll();
            if (run == null) {
                return true;
            }
            present.write(run);
        }
        return replay.isEmpty();
    }

    private void dropReplay() {
        replay.forEach(ByteBuf::release);
        replay.clear();
    }

    /** Sends what waits, as far as the socket and the window take it. */
    void drain() {
        if (!home.isHere()) {
            home.loop().execute(drain);
            return;
        }
        if (ended) {
            woken.set(false);
            discard();
            return;
        }
        LinkConnection present = connection;
        if (draining || present == null || !isOpen(present)) {
            // Still marked as woken: the loop comes here by itself when there is room or a connection again.
            return;
        }
        if (present.isFrozen()) {
            link.goDown(LinkDownReason.FROZEN);
            return;
        }
        draining = true;
        try {
            woken.set(false);
            int turn = 0;
            do {
                if (sendReplay(present)) {
                    turn += encodeWaiting(present, FRAMES_PER_TURN - turn);
                    writeBatch();
                }
                present.flush();
            } while (turn < FRAMES_PER_TURN && hasMore(present));
        } catch (RuntimeException bug) {
            link.failed(bug);
        } finally {
            draining = false;
        }
        if (hasMore(present)) {
            wake();
        }
    }

    /** Whether a numbered frame may be written. */
    private boolean isOpen(LinkConnection present) {
        return present.isWritable() && (!replay.isEmpty() || !window.isFull());
    }

    private boolean hasMore(LinkConnection present) {
        return isOpen(present) && !(replay.isEmpty() && queue.isEmpty());
    }

    /**
     * Writes {@code last}, which is not flushed yet; nothing must be sent after it.
     *
     * @param all first what waits in the queue, whatever the socket and the window say
     */
    void endWith(LinkControl last, boolean all) {
        window.close();
        while (all && connection != null) {
            ByteBuf run = replay.poll();
            if (run == null) {
                break;
            }
            connection.write(run);
        }
        while (all) {
            Object next = queue.poll();
            if (next == null) {
                break;
            }
            queuedBytes.addAndGet(-encode(next));
        }
        encodeUnnumbered(last);
        writeBatch();
    }

    /** Writes {@code frame} at once, ahead of what waits in the queue, and after what was encoded before. */
    void sendNow(LinkControl frame) {
        encodeUnnumbered(frame);
        LinkConnection present = connection;
        if (!draining && present != null) {
            writeBatch();
            present.flush();
        }
    }

    private int encodeWaiting(LinkConnection present, int most) {
        int frames = 0;
        long cost = 0;
        if (link.inbox().hasNews()) {
            encodeUnnumbered(new LinkAck(link.inbox().acknowledge()));
        }
        while (frames < most && isOpen(present)) {
            Object next = queue.poll();
            if (next == null) {
                break;
            }
            cost += encode(next);
            frames++;
        }
        queuedBytes.addAndGet(-cost);
        sent = numbered;
        return frames;
    }

    /** @return what the frame cost in the queue */
    private long encode(Object next) {
        LinkFrame frame = next instanceof Told told ? told.change() : (LinkFrame) next;
        long cost = FrameCost.of(frame);
        boolean spoken = encoder.has(frame);
        numbered += spoken ? 1 : 0;
        if (next instanceof Told told && told.acknowledged() != null) {
            await(new Awaited(numbered, told.acknowledged()));
        }
        if (spoken) {
            ByteBuf out = room(cost);
            encodeInto(out, frame);
            runFrames++;
            if (out.readableBytes() >= LARGE_BATCH) {
                writeBatch();
            }
        }
        return cost;
    }

    /** A frame that the peer's version does not have is in force there when all before it is. */
    private void await(Awaited next) {
        if (next.number() <= acknowledged) {
            run(next.acknowledged());
        } else {
            awaited.add(next);
        }
    }

    private void encodeUnnumbered(LinkControl frame) {
        endRun();
        ByteBuf out = room(SMALL_BATCH);
        encodeInto(out, frame);
        runStart = out.writerIndex();
    }

    private void encodeInto(ByteBuf out, LinkFrame frame) {
        int start = out.writerIndex();
        encoder.encode(frame, out);
        if (out.writerIndex() - start - Integer.BYTES > frameBytes) {
            out.writerIndex(start);
            throw new IllegalStateException(frame.getClass().getSimpleName() + " is longer than a frame may be");
        }
    }

    /** The batch, with room for about {@code bytes}: a long frame gets a buffer to itself rather than be copied twice. */
    private ByteBuf room(long bytes) {
        ByteBuf present = batch;
        if (present != null && (present.writableBytes() >= bytes || bytes < LARGE_BATCH)) {
            return present;
        }
        writeBatch();
        LinkConnection open = connection;
        if (open == null) {
            throw new IllegalStateException("nothing is encoded without a connection");
        }
        long expected = Math.min(LARGE_BATCH, queuedBytes.get());
        ByteBuf fresh = open.buffer((int) Math.max(SMALL_BATCH, bytes + expected));
        batch = fresh;
        runStart = 0;
        return fresh;
    }

    private void writeBatch() {
        endRun();
        ByteBuf full = batch;
        LinkConnection open = connection;
        if (full != null && open != null) {
            batch = null;
            open.write(full);
        }
    }

    /** The numbered frames encoded last are kept for a replay. */
    private void endRun() {
        ByteBuf present = batch;
        if (present != null && runFrames > 0 && window.isOpen()) {
            int length = present.writerIndex() - runStart;
            window.add(present.retainedSlice(runStart, length), runFrames, present.capacity());
            runStart = present.writerIndex();
        }
        runFrames = 0;
    }

    /** Acknowledges what was handled. */
    void acknowledge() {
        sendNow(new LinkAck(link.inbox().acknowledge()));
    }

    /** The peer has handled our first {@code number} numbered frames. */
    void acknowledgedByPeer(long number) throws LinkViolation {
        if (number < acknowledged || number > numbered) {
            throw new LinkViolation("frame " + number + " acknowledged, " + numbered + " sent");
        }
        acknowledged = number;
        boolean wasFull = window.isFull();
        window.acknowledged(number);
        for (Awaited next = awaited.peek(); next != null && next.number() <= number; next = awaited.peek()) {
            awaited.remove();
            run(next.acknowledged());
        }
        if (wasFull) {
            drain();
        }
    }

    /** Nothing is sent any more; whoever waits for an acknowledgement is told. */
    void end() {
        ended = true;
        writeBatch();
        disconnected();
        window.close();
        for (Awaited next = awaited.poll(); next != null; next = awaited.poll()) {
            run(next.acknowledged());
        }
        // The mark may still be set from when the socket took no more; who comes from now on must be discarded, too.
        woken.set(false);
        discard();
    }

    private synchronized void discard() {
        for (Object next = queue.poll(); next != null; next = queue.poll()) {
            if (next instanceof Told told) {
                queuedBytes.addAndGet(-FrameCost.of(told.change()));
                if (told.acknowledged() != null) {
                    run(told.acknowledged());
                }
            } else {
                queuedBytes.addAndGet(-FrameCost.of((LinkFrame) next));
                counters.messageDiscarded();
            }
        }
    }

    private void run(Runnable whenAcknowledged) {
        try {
            whenAcknowledged.run();
        } catch (RuntimeException bug) {
            counters.failed();
            LOG.error("what waited for an acknowledgement failed", bug);
        }
    }
}
