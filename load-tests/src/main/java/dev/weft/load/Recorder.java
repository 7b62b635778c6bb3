package dev.weft.load;

import org.HdrHistogram.Histogram;

/** Latencies of the operations that ended; belongs to the event loop. */
final class Recorder {
    private static final long HIGHEST = 60_000_000_000L;

    private final Histogram nanoseconds = new Histogram(HIGHEST, 3);

    /** @param since {@link System#nanoTime()} when the operation began */
    void ended(long since) {
        nanoseconds.recordValue(Math.min(System.nanoTime() - since, HIGHEST));
    }

    /** What came before does not count. */
    void reset() {
        nanoseconds.reset();
    }

    Histogram copy() {
        return nanoseconds.copy();
    }
}
