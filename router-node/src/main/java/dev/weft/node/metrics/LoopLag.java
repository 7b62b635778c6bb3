package dev.weft.node.metrics;

import dev.weft.lane.LocalLane;
import dev.weft.observability.Buckets;
import dev.weft.observability.Distribution;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/**
 * How late an event loop comes to what is due. It looks twice a second, and each time does what has to be done there now
 * and then. Belongs to its event loop, but for what it has measured, which any thread may read.
 */
public final class LoopLag {
    private static final long INTERVAL_MILLIS = 500;

    private final LocalLane lane;
    private final Runnable each;
    private final Distribution lag = new Distribution(Buckets.LATENCY);
    private long due;

    /** @param each run on the event loop at every look */
    public LoopLag(LocalLane lane, Runnable each) {
        this.lane = lane;
        this.each = each;
    }

    /** Begins; it ends with the event loop. Any thread. */
    public void start() {
        lane.run(this::next);
    }

    LocalLane lane() {
        return lane;
    }

    Distribution lag() {
        return lag;
    }

    private void next() {
        due = System.nanoTime() + Duration.ofMillis(INTERVAL_MILLIS).toNanos();
        try {
            lane.schedule(INTERVAL_MILLIS, this::look);
        } catch (RejectedExecutionException stopped) {
            // The event loop ends, and with it what is measured.
            return;
        }
    }

    private void look() {
        lag.record(Math.max(0, System.nanoTime() - due));
        each.run();
        next();
    }
}
