package dev.weft.load.measure;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches one stream of messages that are numbered from 1. As long as all is well it is one number; only what is missing takes
 * more.
 */
public final class SequenceCheck {
    private long next = 1;

    /** First and last number of each gap. */
    private @Nullable TreeMap<Long, Long> gaps;

    private long doubled;
    private long outOfOrder;

    /** @return whether this number comes for the first time */
    public boolean receive(long number) {
        if (number == next) {
            next++;
            return true;
        }
        if (number > next) {
            openGap(next, number - 1);
            next = number + 1;
            return true;
        }
        if (number < 1 || !fill(number)) {
            doubled++;
            return false;
        }
        outOfOrder++;
        return true;
    }

    /**
     * How many never came.
     *
     * @param sent how many were sent
     */
    public long lost(long sent) {
        long missing = Math.max(0, sent - (next - 1));
        if (gaps != null) {
            for (Map.Entry<Long, Long> gap : gaps.entrySet()) {
                missing += gap.getValue() - gap.getKey() + 1;
            }
        }
        return missing;
    }

    public long doubled() {
        return doubled;
    }

    /** How many came after one with a higher number. */
    public long outOfOrder() {
        return outOfOrder;
    }

    private void openGap(long first, long last) {
        if (gaps == null) {
            gaps = new TreeMap<>();
        }
        gaps.put(first, last);
    }

    private boolean fill(long number) {
        Map.Entry<Long, Long> gap = gaps == null ? null : gaps.floorEntry(number);
        if (gaps == null || gap == null || gap.getValue() < number) {
            return false;
        }
        long first = gap.getKey();
        long last = gap.getValue();
        gaps.remove(first);
        if (first < number) {
            gaps.put(first, number - 1);
        }
        if (number < last) {
            gaps.put(number + 1, last);
        }
        return true;
    }
}
