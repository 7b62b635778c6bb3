package dev.weft.observability;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counters of one thread, one for each constant of an enumeration, that any thread may read. Counting costs what an
 * increment of a field costs: no lock and no atomic operation, because nobody else writes. A reader sees a value that was
 * right a moment ago, and each counter only ever grows.
 */
public final class Tallies<E extends Enum<E>> {
    private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);

    /** Keeps the counters of two threads on different cache lines: 64 bytes on each side. */
    private static final int PADDING = 8;

    private final long[] values;

    public Tallies(Class<E> kinds) {
        values = new long[kinds.getEnumConstants().length + 2 * PADDING];
    }

    /** On the one thread that counts. */
    public void increment(E kind) {
        add(kind, 1);
    }

    /**
     * On the one thread that counts.
     *
     * @param more 0 or more
     */
    public void add(E kind, long more) {
        int index = kind.ordinal() + PADDING;
        VALUE.setOpaque(values, index, values[index] + more);
    }

    /** Counts all that another has counted. On the one thread that counts. */
    public void addAll(Tallies<E> other) {
        for (int i = PADDING; i < values.length - PADDING; i++) {
            VALUE.setOpaque(values, i, values[i] + (long) VALUE.getOpaque(other.values, i));
        }
    }

    /** Any thread. */
    public long get(E kind) {
        return (long) VALUE.getOpaque(values, kind.ordinal() + PADDING);
    }
}
