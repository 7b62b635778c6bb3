package dev.weft.load;

/** When each of the last operations began, by its number; numbers count up from 1. */
final class SentTimes {
    private static final int KEPT = 1 << 16;

    private final long[] times = new long[KEPT];
    private final long[] numbers = new long[KEPT];

    void sent(long number) {
        int at = (int) number & (KEPT - 1);
        numbers[at] = number;
        times[at] = System.nanoTime();
    }

    /** @throws IllegalStateException if nothing of this number was sent lately */
    long since(long number) {
        int at = (int) number & (KEPT - 1);
        if (numbers[at] != number) {
            throw new IllegalStateException("an answer to " + number + ", which was not asked, or long ago");
        }
        return times[at];
    }
}
