package dev.weft.load;

import org.HdrHistogram.Histogram;

/** Latencies of the operations that ended; belongs to the event loop. */
final class Recorder {
    private static final long HIGHEST = 60_000_000_000L;

    private final Histogram nanoseconds = new Histogram(HIGHEST, 3);
    private long failures;

    /** @param since {@link System#nanoTime()} when the operation began */
    void ended(long since) {
        nanoseconds.recordValue(Math.min(System.nanoTime() - since, HIGHEST));
    }

    /** It ended, but not well. */
    void failed() {
        failures++;
    }

    long failures() {
        return failures;
    }

    /** What came before does not count. */
    void reset() {
        nanoseconds.reset();
        failures = 0;
    }

    Histogram copy() {
        return nanoseconds.copy();
    }
}
