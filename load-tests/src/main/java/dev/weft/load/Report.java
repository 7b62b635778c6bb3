package dev.weft.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a run measured.
 *
 * @param operation what one operation is called
 * @param latencies nanoseconds
 * @param failures operations that ended with an error
 * @param nanoseconds how long it was measured
 * @param cpuMicroseconds what the router used meanwhile; not a number when it could not be read
 * @param unanswered operations that never ended
 */
record Report(
        String operation,
        Histogram latencies,
        long failures,
        long nanoseconds,
        double cpuMicroseconds,
        long unanswered) {

    long operations() {
        return latencies.getTotalCount();
    }

    double cpuMicrosecondsPerOperation() {
        return cpuMicroseconds / Math.max(1, operations());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "%-28s %,d in %.2f s", operation + "s", operations(), nanoseconds / 1e9);
        line(text, "%-28s %,.0f", "per second", operations() * 1e9 / nanoseconds);
        line(
                text,
                "%-28s p50 %.0f  p90 %.0f  p99 %.0f  p99.9 %.0f  max %.0f",
                "latency, microseconds",
                microseconds(50),
                microseconds(90),
                microseconds(99),
                microseconds(99.9),
                microseconds(100));
        if (!Double.isNaN(cpuMicroseconds)) {
            line(text, "%-28s %.3f", "CPU microseconds each", cpuMicrosecondsPerOperation());
            line(text, "%-28s %.2f", "CPUs busy", cpuMicroseconds * 1e3 / nanoseconds);
        }
        line(text, "%-28s %,d", "failed", failures);
        line(text, "%-28s %,d", "never answered", unanswered);
        return text.toString();
    }

    private double microseconds(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
