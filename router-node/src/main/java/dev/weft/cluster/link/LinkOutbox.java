package dev.weft.cluster.link;

import dev.weft.link.LinkAck;
import dev.weft.link.LinkControl;
import dev.weft.link.LinkEncoder;
import dev.weft.link.LinkFrame;
import dev.weft.link.LinkViolation;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending half of a link. Frames come from any thread and wait in a queue; the link's event loop, woken once for all
 * that gathers, encodes them into as few buffers as it can and flushes once. While the socket takes no more, they stay
 * in the queue.
 */
final class LinkOutbox {
    private static final Logger LOG = LoggerFactory.getLogger(LinkOutbox.class);
    private static final int CHUNK = 1024;
    private static final int SMALL_BATCH = 1024;
    private static final int LARGE_BATCH = 64 * 1024;
    private static final int FRAMES_PER_TURN = 16_384;

    /** Acknowledge routed messages, for whose acknowledgement nobody waits, not more often than this. */
    private static final long LAZY_ACK = 256;

    private record Told(TableChange change, @Nullable Runnable acknowledged) {}

    private record Awaited(long number, Runnable acknowledged) {}

    private final ChannelHandlerContext context;
    private final Channel channel;
    private final LinkCounters counters;
    private final int frameBytes;
    private final Consumer<RuntimeException> failed;
    private final LinkEncoder encoder;
    private final MpscUnboundedArrayQueue<Object> queue = new MpscUnboundedArrayQueue<>(CHUNK);
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Queue<Awaited> awaited = new ArrayDeque<>();
    private @Nullable ByteBuf batch;
    private boolean draining;
    private boolean ended;
    private long handled;
    private long handledToldPeer;
    private boolean peerWaits;
    private long numbered;
    private volatile long sent;
    private volatile long acknowledged;

    /**
     * @param frameBytes the longest frame that the peer accepts
     * @param failed told, on the event loop, when a frame could not be encoded: the link cannot go on
     */
    LinkOutbox(
            ChannelHandlerContext context,
            LinkEncoder encoder,
            LinkCounters counters,
            int frameBytes,
            Consumer<RuntimeException> failed) {
        this.context = context;
        this.encoder = encoder;
        this.channel = context.channel();
        this.counters = counters;
        this.frameBytes = frameBytes;
        this.failed = failed;
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

    /** What waits to be sent, in the queue and in the socket's buffer. Any thread. */
    long queuedBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return queuedBytes.get() + (buffer == null ? 0 : buffer.totalPendingWriteBytes());
    }

    /** Numbered frames. Any thread. */
    long sent() {
        return sent;
    }

    /** Numbered frames. Any thread. */
    long acknowledged() {
        return acknowledged;
    }

    private void wake() {
        if (woken.get() || !woken.compareAndSet(false, true)) {
            return;
        }
        try {
            channel.eventLoop().execute(this::drain);
        } catch (RejectedExecutionException loopIsGone) {
            discard();
        }
    }

    /** Sends what waits, as far as the socket takes it. */
    void drain() {
        if (ended) {
            woken.set(false);
            discard();
            return;
        }
        if (draining || !channel.isWritable()) {
            // Still marked as woken: the loop comes here by itself when the socket takes more.
            return;
        }
        draining = true;
        try {
            woken.set(false);
            int turn = 0;
            do {
                turn += encodeWaiting(FRAMES_PER_TURN - turn);
                writeBatch();
                context.flush();
            } while (turn < FRAMES_PER_TURN && channel.isWritable() && !queue.isEmpty());
        } catch (RuntimeException bug) {
            failed.accept(bug);
        } finally {
            draining = false;
        }
        if (!queue.isEmpty() && channel.isWritable()) {
            wake();
        }
    }

    /**
     * Writes {@code last}, which is not flushed yet; nothing must be sent after it.
     *
     * @param all first what waits in the queue, whatever the socket says
     */
    void endWith(LinkControl last, boolean all) {
        while (all) {
            Object next = queue.poll();
            if (next == null) {
                break;
            }
            queuedBytes.addAndGet(-encode(next));
        }
        encodeInto(room(SMALL_BATCH), last);
        writeBatch();
    }

    /** Writes {@code frame} at once, ahead of what waits in the queue, and after what was encoded before. */
    void sendNow(LinkControl frame) {
        encodeInto(room(SMALL_BATCH), frame);
        if (!draining) {
            writeBatch();
            context.flush();
        }
    }

    private int encodeWaiting(int most) {
        int frames = 0;
        long cost = 0;
        if (handled > handledToldPeer) {
            acknowledge();
        }
        while (frames < most && channel.isWritable()) {
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
            awaited.add(new Awaited(numbered, told.acknowledged()));
        }
        if (spoken) {
            encodeInto(room(cost), frame);
        }
        return cost;
    }

    private void encodeInto(ByteBuf out, LinkFrame frame) {
        int start = out.writerIndex();
        encoder.encode(frame, out);
        if (out.writerIndex() - start - Integer.BYTES > frameBytes) {
            out.writerIndex(start);
            throw new IllegalStateException(frame.getClass().getSimpleName() + " is longer than a frame may be");
        }
        if (out.readableBytes() >= LARGE_BATCH) {
            writeBatch();
        }
    }

    /** The batch, with room for about {@code bytes}: a long frame gets a buffer to itself rather than be copied twice. */
    private ByteBuf room(long bytes) {
        ByteBuf present = batch;
        if (present != null && (present.writableBytes() >= bytes || bytes < LARGE_BATCH)) {
            return present;
        }
        writeBatch();
        long expected = Math.min(LARGE_BATCH, queuedBytes.get());
        ByteBuf fresh = context.alloc().ioBuffer((int) Math.max(SMALL_BATCH, bytes + expected));
        batch = fresh;
        return fresh;
    }

    private void writeBatch() {
        ByteBuf full = batch;
        if (full != null) {
            batch = null;
            context.write(full, channel.voidPromise());
        }
    }

    /** A numbered frame from the peer was handled. */
    void peerFrameHandled(boolean acknowledgeSoon) {
        handled++;
        peerWaits |= acknowledgeSoon;
    }

    /** Numbered frames of the peer that were handled. */
    long handled() {
        return handled;
    }

    /** Acknowledges what was handled if the peer may wait for it, or if it has become much. */
    void acknowledgeIfDue(boolean anyway) {
        if (handled > handledToldPeer && (anyway || peerWaits || handled - handledToldPeer >= LAZY_ACK)) {
            acknowledge();
            writeBatch();
            context.flush();
        }
    }

    private void acknowledge() {
        handledToldPeer = handled;
        peerWaits = false;
        encodeInto(room(SMALL_BATCH), new LinkAck(handled));
    }

    /** The peer has handled our first {@code number} numbered frames. */
    void acknowledgedByPeer(long number) throws LinkViolation {
        if (number < acknowledged || number > numbered) {
            throw new LinkViolation("frame " + number + " acknowledged, " + numbered + " sent");
        }
        acknowledged = number;
        for (Awaited next = awaited.peek(); next != null && next.number() <= number; next = awaited.peek()) {
            awaited.remove();
            run(next.acknowledged());
        }
    }

    /** Nothing is sent any more; whoever waits for an acknowledgement is told. */
    void end() {
        ended = true;
        writeBatch();
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
