package dev.weft.observability;

import java.util.Arrays;

/**
 * The ranges of the histograms. They are part of what a metric promises: dashboards and alerts compare with them.
 */
public enum Buckets {
    /** 0.1 ms to 30 s, for what takes a client or a node time. Nanoseconds. */
    LATENCY(
            1e9,
            100_000L,
            250_000L,
            500_000L,
            1_000_000L,
            2_500_000L,
            5_000_000L,
            10_000_000L,
            25_000_000L,
            50_000_000L,
            100_000_000L,
            250_000_000L,
            500_000_000L,
            1_000_000_000L,
            2_500_000_000L,
            10_000_000_000L,
            30_000_000_000L),
    /** One second to a week, for what lives. Nanoseconds. */
    LIFETIME(
            1e9,
            seconds(1),
            seconds(10),
            seconds(60),
            seconds(600),
            seconds(3600),
            seconds(6 * 3600),
            seconds(24 * 3600),
            seconds(7 * 24 * 3600)),
    /** 0 to 100,000 of something. */
    NUMBER(1, 0, 1, 10, 100, 1_000, 10_000, 100_000);

    private final double perUnit;
    private final long[] bounds;

    Buckets(double perUnit, long... bounds) {
        this.perUnit = perUnit;
        this.bounds = bounds;
    }

    private static long seconds(long seconds) {
        return seconds * 1_000_000_000L;
    }

    /** The largest value of each range but the last, which has none. */
    long[] bounds() {
        return bounds.clone();
    }

    /** The same in the unit that the metric is published in, infinity for the last range. */
    double[] publishedBounds() {
        double[] published = Arrays.stream(bounds).mapToDouble(this::published).toArray();
        double[] all = Arrays.copyOf(published, published.length + 1);
        all[published.length] = Double.POSITIVE_INFINITY;
        return all;
    }

    /** A value, or a sum of values, in the unit that the metric is published in: seconds for times. */
    double published(long value) {
        return value / perUnit;
    }
}
