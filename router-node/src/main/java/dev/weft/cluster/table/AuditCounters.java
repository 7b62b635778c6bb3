package dev.weft.cluster.table;

import java.util.concurrent.atomic.LongAdder;

/** What comparing the tables of nodes has brought to light since the start. Thread-safe. */
public final class AuditCounters {
    /**
     * Everything at one moment.
     *
     * @param digests received and compared
     * @param bucketsLeft left for the next time because they changed meanwhile
     * @param differencesFound buckets that differed
     * @param differencesRepaired buckets that the other node told again
     * @param entriesDropped entries that the other node did not hold
     * @param bucketsTold buckets that this node told again because another one asked for that
     * @param storeComparisons of a table of this node with what the cluster has stored of it
     * @param storeBucketsLeft left for the next time because they changed meanwhile
     * @param storeDifferencesFound buckets that differed
     * @param storeDifferencesRepaired buckets that were stored again
     * @param storeEntriesDropped entries that were stored and that this node did not hold
     */
    public record Status(
            long digests,
            long bucketsLeft,
            long differencesFound,
            long differencesRepaired,
            long entriesDropped,
            long bucketsTold,
            long storeComparisons,
            long storeBucketsLeft,
            long storeDifferencesFound,
            long storeDifferencesRepaired,
            long storeEntriesDropped) {}

    private final LongAdder digests = new LongAdder();
    private final LongAdder bucketsLeft = new LongAdder();
    private final LongAdder found = new LongAdder();
    private final LongAdder repaired = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder told = new LongAdder();
    private final LongAdder storeComparisons = new LongAdder();
    private final LongAdder storeBucketsLeft = new LongAdder();
    private final LongAdder storeFound = new LongAdder();
    private final LongAdder storeRepaired = new LongAdder();
    private final LongAdder storeDropped = new LongAdder();

    public Status status() {
        return new Status(
                digests.sum(),
                bucketsLeft.sum(),
                found.sum(),
                repaired.sum(),
                dropped.sum(),
                told.sum(),
                storeComparisons.sum(),
                storeBucketsLeft.sum(),
                storeFound.sum(),
                storeRepaired.sum(),
                storeDropped.sum());
    }

    void compared(int left) {
        digests.increment();
        bucketsLeft.add(left);
    }

    void found() {
        found.increment();
    }

    void repaired(int ghosts) {
        repaired.increment();
        dropped.add(ghosts);
    }

    void toldAgain() {
        told.increment();
    }

    void storeCompared(int left) {
        storeComparisons.increment();
        storeBucketsLeft.add(left);
    }

    void storeDiffers() {
        storeFound.increment();
    }

    void storeRepaired(int ghosts) {
        storeRepaired.increment();
        storeDropped.add(ghosts);
    }
}
