package dev.weft.cluster.table;

import java.util.concurrent.atomic.LongAdder;

/** What happened to the tables of this node since its start. Thread-safe. */
public final class TableCounters {
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder revocations = new LongAdder();
    private final LongAdder reassertions = new LongAdder();
    private final LongAdder renewals = new LongAdder();
    private final LongAdder purges = new LongAdder();
    private final LongAdder fences = new LongAdder();

    TableCounters() {}

    /** Entries of this node that were found to exclude, or to be excluded by, one of another node. */
    public long conflicts() {
        return conflicts.sum();
    }

    /** Entries that were taken from sessions of this node because an older one excludes them. */
    public long revocations() {
        return revocations.sum();
    }

    /** Times that all that this node holds was asserted again. */
    public long reassertions() {
        return reassertions.sum();
    }

    /** Entries that were asserted again. */
    public long renewals() {
        return renewals.sum();
    }

    /** Times that what dead nodes had left was removed by this node. */
    public long purges() {
        return purges.sum();
    }

    /** Links that were ended because the peer did not acknowledge a change in time. */
    public long fences() {
        return fences.sum();
    }

    void conflict() {
        conflicts.increment();
    }

    void revoked() {
        revocations.increment();
    }

    void reasserted() {
        reassertions.increment();
    }

    void renewed() {
        renewals.increment();
    }

    void purged() {
        purges.increment();
    }

    void fenced() {
        fences.increment();
    }
}
