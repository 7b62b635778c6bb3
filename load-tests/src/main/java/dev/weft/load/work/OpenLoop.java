package dev.weft.load.work;

/** When messages are to be sent at a fixed rate, whatever becomes of them: arithmetic only. Times are of {@link System#nanoTime}. */
final class OpenLoop {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final long start;

    /** @param start when the first is to be sent */
    OpenLoop(double perSecond, long start) {
        this.perSecond = perSecond;
        this.start = start;
    }

    /** When a message is to be sent; messages are counted from 0. */
    long intended(long number) {
        return start + (long) Math.ceil(number * NANOS_PER_SECOND / perSecond);
    }

    /** How many are to have been sent at a time. */
    long due(long now) {
        if (now < start) {
            return 0;
        }
        return (long) Math.floor((now - start) / NANOS_PER_SECOND * perSecond) + 1;
    }
}
