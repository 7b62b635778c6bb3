package dev.weft.load.measure;

import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** What became of the operations of one load; belongs to the event loop. */
public final class Recorder {
    private static final long HIGHEST = 600_000_000_000L;

    private final LongSupplier clock;
    private final Histogram latencies = new Histogram(HIGHEST, 3);
    private final Histogram lateness = new Histogram(HIGHEST, 3);
    private Histogram latest = new Histogram(HIGHEST, 2);
    private long failed;
    private long notSent;

    public Recorder() {
        this(System::nanoTime);
    }

    /** @param clock counts nanoseconds as {@link System#nanoTime} does */
    public Recorder(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * An operation ended well.
     *
     * @param since {@link System#nanoTime} when it was to begin
     */
    public void ended(long since) {
        long nanos = Math.max(0, Math.min(clock.getAsLong() - since, HIGHEST));
        latencies.recordValue(nanos);
        latest.recordValue(nanos);
    }

    /** It ended, but not well. */
    public void failed() {
        failed++;
    }

    /** @param nanos by which this program sent it later than it was to be */
    public void sentLate(long nanos) {
        lateness.recordValue(Math.max(0, Math.min(nanos, HIGHEST)));
    }

    /** It was to be sent and was not, as too much was in flight. */
    public void notSent() {
        notSent++;
    }

    /** What came before does not count. */
    public void reset() {
        latencies.reset();
        lateness.reset();
        latest.reset();
        failed = 0;
        notSent = 0;
    }

    /** Latencies in nanoseconds since the last question, or since the reset. */
    public Histogram takeLatest() {
        Histogram taken = latest;
        latest = new Histogram(HIGHEST, 2);
        return taken;
    }

    /** Nanoseconds; a copy. */
    public Histogram latencies() {
        return latencies.copy();
    }

    /** Nanoseconds; a copy. Empty if nothing was to be sent at a time of its own. */
    public Histogram lateness() {
        return lateness.copy();
    }

    public long countOfEnded() {
        return latencies.getTotalCount();
    }

    public long countOfFailed() {
        return failed;
    }

    public long countOfNotSent() {
        return notSent;
    }
}
