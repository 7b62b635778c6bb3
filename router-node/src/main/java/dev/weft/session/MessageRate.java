package dev.weft.session;

import java.util.concurrent.TimeUnit;

/** A token bucket for the messages of one session: as many as in one second may come at once. Belongs to its event loop. */
public final class MessageRate {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private final long cost;
    /** The time up to which all tokens are taken; what lies behind it has been refilled. */
    private long taken;

    /**
     * @param perSecond at least 1
     * @param now nanoseconds of any clock that does not jump
     */
    public MessageRate(int perSecond, long now) {
        this.perSecond = perSecond;
        this.cost = SECOND / perSecond;
        this.taken = now - SECOND;
    }

    /** Whether one more message may come at {@code now}; one that may is counted. */
    public boolean take(long now) {
        taken = Math.max(taken - now, -SECOND) + now;
        if (taken + cost - now > 0) {
            return false;
        }
        taken += cost;
        return true;
    }

    public int perSecond() {
        return perSecond;
    }
}
