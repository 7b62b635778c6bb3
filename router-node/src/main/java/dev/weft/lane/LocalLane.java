package dev.weft.lane;

import dev.weft.link.RoutedMessage;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lane to one event loop of this node. A message from the loop itself is handled at once; one from elsewhere waits
 * in a queue, and the loop is woken once for all that gathers until it comes to drain it.
 *
 * <p>The queue is bounded by what bounds its producers: a connection is not read while its loop is busy, and a link has
 * a window. Thread-safe.
 */
public final class LocalLane implements Lane {
    private static final Logger LOG = LoggerFactory.getLogger(LocalLane.class);
    private static final int CHUNK = 1024;

    private record Hop(RoutedMessage message, Lane from) {}

    private final int index;
    private final EventExecutor loop;
    private final LaneReceiver receiver;
    private final MpscUnboundedArrayQueue<Hop> queue = new MpscUnboundedArrayQueue<>(CHUNK);
    private final AtomicBoolean woken = new AtomicBoolean();

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
    public String name() {
        return "loop-" + index;
    }

    @Override
    public void send(RoutedMessage message, Lane from) {
        if (loop.inEventLoop()) {
            receive(message, from);
            return;
        }
        queue.offer(new Hop(message.keep(), from));
        if (!woken.get() && woken.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }

    /** Tells the event loop that {@code lane} is down, after all that came over it before. */
    public void laneDown(Lane lane) {
        loop.execute(() -> {
            drain();
            receiver.laneDown(lane);
        });
    }

    private void drain() {
        woken.set(false);
        for (Hop hop = queue.poll(); hop != null; hop = queue.poll()) {
            receive(hop.message(), hop.from());
        }
    }

    private void receive(RoutedMessage message, Lane from) {
        try {
            receiver.receive(message, from);
        } catch (RuntimeException bug) {
            LOG.error("{} of realm {} was not handled", message.getClass().getSimpleName(), message.realm(), bug);
        }
    }
}
