package dev.weft.observability;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How the values that one thread saw are spread over fixed ranges. As {@link Tallies}: one thread writes, without locks and
 * without allocation, and any thread may read.
 */
public final class Distribution {
    private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PADDING = 8;

    private final long[] bounds;
    private final long[] values;

    /** @param buckets whose {@link Buckets#bounds()} the values are compared with */
    public Distribution(Buckets buckets) {
        bounds = buckets.bounds();
        values = new long[bounds.length + 2 + 2 * PADDING];
    }

    /**
     * On the one thread that counts.
     *
     * @param value in the unit of the bounds, 0 or more
     */
    public void record(long value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        int index = bucket + PADDING;
        VALUE.setOpaque(values, index, values[index] + 1);
        int sum = bounds.length + 1 + PADDING;
        VALUE.setOpaque(values, sum, values[sum] + value);
    }

    /** Takes in all that another has seen, of the same buckets. On the one thread that counts. */
    public void addAll(Distribution other) {
        for (int i = PADDING; i < values.length - PADDING; i++) {
            VALUE.setOpaque(values, i, values[i] + (long) VALUE.getOpaque(other.values, i));
        }
    }

    /** How many values were in a range, the last one being without an end. Any thread. */
    long count(int bucket) {
        return (long) VALUE.getOpaque(values, bucket + PADDING);
    }

    /** Of all values. Any thread. */
    long sum() {
        return (long) VALUE.getOpaque(values, bounds.length + 1 + PADDING);
    }
}
