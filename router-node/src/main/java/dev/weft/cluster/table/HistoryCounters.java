package dev.weft.cluster.table;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the events that this node was to keep in histories since its start; one that is for several histories
 * counts once for each. Thread-safe.
 */
public final class HistoryCounters {
    private final LongAdder kept = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder lost = new LongAdder();

    HistoryCounters() {}

    /** Events that are in a history, or were. */
    public long kept() {
        return kept.sum();
    }

    /** Events that are larger than their whole history may be. */
    public long refused() {
        return refused.sum();
    }

    /** Events for which there was no room while they would have waited to be stored. */
    public long dropped() {
        return dropped.sum();
    }

    /** Events that are not kept because the store failed for too long. */
    public long lost() {
        return lost.sum();
    }

    void written(boolean stored) {
        (stored ? kept : lost).increment();
    }

    void refuse() {
        refused.increment();
    }

    void drop() {
        dropped.increment();
    }
}
