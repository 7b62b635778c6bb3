package dev.weft.lane;

import dev.weft.link.RoutedEvent;
import dev.weft.link.RoutedMessage;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lane to one event loop of this node. A message from the loop itself is handled at once; one from elsewhere waits
 * in a queue, and the loop is woken once for all that gathers until it comes to drain it. It takes a bounded number at a
 * time, so that its sockets and alarms get their turn, too.
 *
 * <p>The queue is bounded by whoever feeds it: a connection or link that meets it congested is not read until it is not.
 * What was read before is still sent. Thread-safe.
 */
public final class LocalLane implements Lane {
    private static final Logger LOG = LoggerFactory.getLogger(LocalLane.class);
    private static final int CHUNK = 1024;
    private static final int MESSAGES_PER_TURN = 1024;
    private static final long CONGESTED_BYTES = 2L << 20;
    private static final long HOP_BYTES = 256;

    private record Hop(RoutedMessage message, Lane from) {
        /** What it takes in memory while it waits, roughly. */
        private long bytes() {
            return HOP_BYTES + message.bodyLength();
        }
    }

    private final int index;
    private final EventExecutor loop;
    private final LaneReceiver receiver;
    private final MpscUnboundedArrayQueue<Hop> queue = new MpscUnboundedArrayQueue<>(CHUNK);
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile boolean draining;

    public LocalLane(int index, EventExecutor loop, LaneReceiver receiver) {
        this.index = index;
        this.loop = loop;
        this.receiver = receiver;
    }

    /** Which of the node's event loops, from 0. */
    public int index() {
        return index;
    }

    /** Whether the calling thread is the event loop of this lane. */
    public boolean isHere() {
        return loop.inEventLoop();
    }

    /** Runs {@code task} on the event loop: at once if called on it. */
    public void run(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** Runs {@code task} on the event loop after {@code millis} milliseconds, unless the alarm is canceled before. */
    public Alarm schedule(long millis, Runnable task) {
        ScheduledFuture<?> timer = loop.schedule(task, millis, TimeUnit.MILLISECONDS);
        return () -> timer.cancel(false);
    }

    @Override
    public boolean isOnThisNode() {
        return true;
    }

    @Override
    public String name() {
        return "loop-" + index;
    }

    @Override
    public void send(RoutedMessage message, Lane from) {
        if (loop.inEventLoop()) {
            receive(message, from);
            return;
        }
        queue(message, from);
    }

    private void queue(RoutedMessage message, Lane from) {
        Hop hop = new Hop(message.keep(), from);
        waitingBytes.addAndGet(hop.bytes());
        queue.offer(hop);
        wake();
    }

    /**
     * Puts an event of the router's own at the end of the queue, also when called on the loop itself. Nothing happens when
     * the loop has stopped.
     */
    public void queue(RoutedEvent event) {
        try {
            queue(event, this);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("{} has stopped and delivers nothing", name());
        }
    }

    /** What waits to be handled, roughly. Any thread. */
    public long waitingBytes() {
        return waitingBytes.get();
    }

    @Override
    public boolean isCongested() {
        return waitingBytes.get() > CONGESTED_BYTES;
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    /** This node is about to leave. Any thread. */
    public void leaving() {
        draining = true;
    }

    private void wake() {
        if (!woken.get() && woken.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }

    /** Tells the event loop that {@code lane} is down, after all that came over it before. */
    public void laneDown(Lane lane) {
        loop.execute(() -> {
            take(queue.size());
            receiver.laneDown(lane);
        });
    }

    /**
     * Handles what waits, before what the event loop hands to itself from now on. On the event loop, not from within a
     * message.
     */
    public void catchUp() {
        take(queue.size());
    }

    private void drain() {
        woken.set(false);
        take(MESSAGES_PER_TURN);
        if (!queue.isEmpty()) {
            wake();
        }
    }

    private void take(int most) {
        long bytes = 0;
        for (int taken = 0; taken < most; taken++) {
            Hop hop = queue.poll();
            if (hop == null) {
                break;
            }
            bytes += hop.bytes();
            receive(hop.message(), hop.from());
        }
        waitingBytes.addAndGet(-bytes);
    }

    private void receive(RoutedMessage message, Lane from) {
        try {
            receiver.receive(message, from);
        } catch (RuntimeException bug) {
            LOG.error("{} of realm {} was not handled", message.getClass().getSimpleName(), message.realm(), bug);
        }
    }
}
