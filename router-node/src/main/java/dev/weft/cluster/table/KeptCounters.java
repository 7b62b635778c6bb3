package dev.weft.cluster.table;

import java.util.concurrent.atomic.LongAdder;

/** What happened to the events that this node was to keep since its start. Thread-safe. */
public final class KeptCounters {
    private final LongAdder retained = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder lost = new LongAdder();

    KeptCounters() {}

    /** Events that were retained. */
    public long retained() {
        return retained.sum();
    }

    /** Events that were not retained because of a limit. */
    public long refused() {
        return refused.sum();
    }

    /** Events that are not kept because the store failed for too long. */
    public long lost() {
        return lost.sum();
    }

    void retained(boolean stored) {
        (stored ? retained : lost).increment();
    }

    void refuse() {
        refused.increment();
    }
}
