package dev.weft.observability;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * How the values that one thread saw are spread over fixed ranges. As {@link Tallies}: one thread writes, without locks and
 * without allocation, and any thread may read.
 */
public final class Distribution {
    private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle EXEMPLAR = MethodHandles.arrayElementVarHandle(Exemplar[].class);
    private static final int PADDING = 8;

    private final long[] bounds;
    private final long[] values;

    /** The last of each range; null until there is one, so that they cost nothing while nothing is traced. */
    private volatile @Nullable Exemplar @Nullable [] exemplars;

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
        int index = bucket(value) + PADDING;
        VALUE.setOpaque(values, index, values[index] + 1);
        int sum = bounds.length + 1 + PADDING;
        VALUE.setOpaque(values, sum, values[sum] + value);
    }

    private int bucket(long value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** Counts a value that a trace tells of, and keeps it until another of the same range comes. On the one thread that counts. */
    public void record(Exemplar exemplar) {
        record(exemplar.value());
        keep(bucket(exemplar.value()), exemplar);
    }

    private void keep(int bucket, Exemplar exemplar) {
        @Nullable Exemplar[] kept = exemplars;
        if (kept == null) {
            kept = new Exemplar[bounds.length + 1];
            exemplars = kept;
        }
        EXEMPLAR.setRelease(kept, bucket, exemplar);
    }

    /** Takes in all that another has seen, of the same buckets. On the one thread that counts. */
    public void addAll(Distribution other) {
        for (int i = PADDING; i < values.length - PADDING; i++) {
            VALUE.setOpaque(values, i, values[i] + (long) VALUE.getOpaque(other.values, i));
        }
        for (int bucket = 0; bucket <= bounds.length; bucket++) {
            Exemplar newest = newer(exemplar(bucket), other.exemplar(bucket));
            if (newest != null) {
                keep(bucket, newest);
            }
        }
    }

    /** Which of two was seen last; null if there is none. */
    static @Nullable Exemplar newer(@Nullable Exemplar one, @Nullable Exemplar other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.timestamp() > one.timestamp() ? other : one;
    }

    /** How many values were in a range, the last one being without an end. Any thread. */
    long count(int bucket) {
        return (long) VALUE.getOpaque(values, bucket + PADDING);
    }

    /** The last value of a range that a trace tells of; null if there is none. Any thread. */
    @Nullable
    Exemplar exemplar(int bucket) {
        @Nullable Exemplar[] kept = exemplars;
        return kept == null ? null : (Exemplar) EXEMPLAR.getAcquire(kept, bucket);
    }

    /** Of all values. Any thread. */
    long sum() {
        return (long) VALUE.getOpaque(values, bounds.length + 1 + PADDING);
    }
}
