package dev.weft.transport;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** How many connections of one event loop are behind, and how many have stalled. It counts; any thread may read. */
final class PaceCounts {
    private final AtomicIntegerArray counts = new AtomicIntegerArray(Pace.values().length);

    void changed(Pace before, Pace now) {
        counts.decrementAndGet(before.ordinal());
        counts.incrementAndGet(now.ordinal());
    }

    /** @param pace not {@link Pace#KEEPS_UP}: all others do */
    int of(Pace pace) {
        return counts.get(pace.ordinal());
    }
}
