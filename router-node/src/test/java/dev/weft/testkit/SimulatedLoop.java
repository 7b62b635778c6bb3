package dev.weft.testkit;

import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * An event loop that runs when a test tells it to, on the test's own thread and clock, so that every interleaving of
 * several loops can be had again from a seed.
 */
@SuppressWarnings("deprecation")
public final class SimulatedLoop extends AbstractScheduledEventExecutor {
    /** The time that all simulated loops of a test share. */
    public static final class Clock {
        private long nanos;
        private SimulatedLoop running;

        public long nanoTime() {
            return nanos;
        }

        public void advance(long millis) {
            nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        }
    }

    private final Clock clock;
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    public SimulatedLoop(Clock clock) {
        this.clock = clock;
    }

    /** Runs the next task, or the next alarm that is due; false if there is none. */
    public boolean step() {
        Runnable task = tasks.poll();
        if (task != null) {
            within(task);
            return true;
        }
        return alarm();
    }

    private boolean alarm() {
        SimulatedLoop before = clock.running;
        clock.running = this;
        try {
            Runnable due = pollScheduledTask(clock.nanos);
            if (due != null) {
                due.run();
            }
            return due != null;
        } finally {
            clock.running = before;
        }
    }

    /** Runs {@code task} as if this loop did. */
    public void within(Runnable task) {
        SimulatedLoop before = clock.running;
        clock.running = this;
        try {
            task.run();
        } finally {
            clock.running = before;
        }
    }

    @Override
    protected long getCurrentTimeNanos() {
        return clock.nanos;
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return clock.running == this;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean isShuttingDown() {
        return false;
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        return terminationFuture();
    }

    @Override
    public Future<?> terminationFuture() {
        return GlobalEventExecutor.INSTANCE.newSucceededFuture(null);
    }

    @Override
    public void shutdown() {}

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
