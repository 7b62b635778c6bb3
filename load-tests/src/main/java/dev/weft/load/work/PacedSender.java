package dev.weft.load.work;

import dev.weft.load.measure.Recorder;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Sends at a fixed rate. If this program could not send in time it catches up at once, and what it sends late carries the time
 * at which it was to be sent, so that nothing is left out of the latencies. Event loop only.
 */
final class PacedSender {
    /** After so many the event loop reads what has arrived. */
    private static final int MOST_AT_ONCE = 2_000;

    /** Nanoseconds; below, waking up costs more than it brings. */
    private static final long SHORTEST_WAIT = 50_000;

    private final LongSupplier clock;
    private final Timer timer;
    private final Recorder recorder;
    private final LongConsumer send;
    private final Runnable flush;
    private final OpenLoop times;
    private long sent;
    private boolean stopped;

    /** Runs something later. */
    @FunctionalInterface
    interface Timer {
        void after(long nanos, Runnable action);
    }

    /**
     * Begins when {@link #run} is called.
     *
     * @param clock {@link System#nanoTime}
     * @param send is given the time at which the message is to be sent
     * @param flush called after some were sent
     */
    PacedSender(
            double perSecond, LongSupplier clock, Timer timer, Recorder recorder, LongConsumer send, Runnable flush) {
        this.clock = clock;
        this.timer = timer;
        this.recorder = recorder;
        this.send = send;
        this.flush = flush;
        this.times = new OpenLoop(perSecond, clock.getAsLong());
    }

    static PacedSender on(EventLoop loop, double perSecond, Recorder recorder, LongConsumer send, Runnable flush) {
        Timer timer = (nanos, action) -> loop.schedule(action, nanos, TimeUnit.NANOSECONDS);
        return new PacedSender(perSecond, System::nanoTime, timer, recorder, send, flush);
    }

    void run() {
        if (stopped) {
            return;
        }
        long now = clock.getAsLong();
        long due = Math.min(times.due(now), sent + MOST_AT_ONCE);
        while (sent < due) {
            long intended = times.intended(sent++);
            recorder.sentLate(now - intended);
            send.accept(intended);
        }
        flush.run();
        timer.after(Math.max(SHORTEST_WAIT, times.intended(sent) - clock.getAsLong()), this::run);
    }

    void stop() {
        stopped = true;
    }
}
