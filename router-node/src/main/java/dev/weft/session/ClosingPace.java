package dev.weft.session;

import java.time.Duration;

/**
 * How fast the clients of one event loop are closed: each gets its turn, evenly over a time, and at no moment are more
 * than twice as many closed as that is on average. Times are nanoseconds of one monotonic clock. Confined to one thread.
 */
final class ClosingPace {
    /** How often to look for whom to close. */
    static final Duration TICK = Duration.ofMillis(10);

    private static final double PEAK = 2;

    private final int clients;
    private final long spread;
    private final long start;
    private final double offset;
    private double allowance = 1;
    private long refilled;
    private int turns;

    /**
     * @param clients how many there are
     * @param spread the time over which they get their turns; 0 for no time at all
     * @param start when it begins
     * @param offset of the first turn, 0 to 1, as a part of the pause between two: event loops are not to keep step
     */
    ClosingPace(int clients, Duration spread, long start, double offset) {
        this.clients = clients;
        this.spread = spread.toNanos();
        this.start = start;
        this.offset = offset;
        this.refilled = start;
    }

    /** Whether the next client has its turn by now. */
    boolean isNextDue(long now) {
        return turns < clients && now - start >= (turns + offset) / clients * spread;
    }

    void turnTaken() {
        turns++;
    }

    /** Whether one more may be closed now. */
    boolean mayClose(long now) {
        if (spread == 0) {
            return true;
        }
        double perNano = PEAK * clients / spread;
        double most = Math.max(1, perNano * TICK.toNanos());
        allowance = Math.min(most, allowance + perNano * (now - refilled));
        refilled = now;
        return allowance >= 1;
    }

    void closed() {
        allowance -= 1;
    }
}
