package dev.weft.load.report;

import dev.weft.load.measure.Faults;
import org.HdrHistogram.Histogram;

/**
 * What became of one load of a scenario.
 *
 * @param operation what one operation is called, in the singular
 * @param latencies of the operations that ended well while it counted, nanoseconds
 * @param lateness by which this program sent later than it was to, nanoseconds; empty in a closed loop
 * @param failed operations that ended with an error while it counted
 * @param notSent operations that were to be sent and were not, as too much was in flight
 * @param faults from the beginning to the end
 */
public record LoadResult(
        String operation, Histogram latencies, Histogram lateness, long failed, long notSent, Faults faults) {

    public long operations() {
        return latencies.getTotalCount();
    }

    /** Nothing failed, and nothing was lost, doubled or out of order. */
    public boolean isClean() {
        return failed + notSent + faults.total() == 0;
    }

    /** @param percentile from 0 to 100 */
    public double micros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }
}
