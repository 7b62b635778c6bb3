package dev.weft.session;

import dev.weft.lane.Congestible;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A token bucket for the messages of several sessions, on any event loops: as many as in one second may come at once. What was
 * read is handled whether there are tokens or not; then nothing more is read until it is made up for. Thread-safe, without locks.
 */
final class SharedRate implements Congestible {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Nobody is kept from being heard of for longer, however much it sent at once. */
    private static final long LONGEST_PAUSE = 10 * SECOND;

    /** A session asks for so many at once that the sessions ask some hundred times a second together. */
    private static final int PARTS = 100;

    private final String key;
    private final int perSecond;
    private final long cost;
    private final LongAdder paced;
    /** The time up to which all tokens are taken; what lies behind it has been refilled. */
    private final AtomicLong taken;
    /** How many sessions it is for; belongs to {@link SharedRates}. */
    int sessions;

    /**
     * @param key by which {@link SharedRates} knows it
     * @param perSecond at least 1
     * @param paced counts how often a session has to wait
     */
    SharedRate(String key, int perSecond, LongAdder paced) {
        this.key = key;
        this.perSecond = perSecond;
        this.cost = SECOND / perSecond;
        this.paced = paced;
        this.taken = new AtomicLong(System.nanoTime() - SECOND);
    }

    String key() {
        return key;
    }

    int portion() {
        return Math.max(1, perSecond / PARTS);
    }

    /** Takes tokens; false if more are taken now than there were. */
    boolean take(int messages) {
        long now = System.nanoTime();
        while (true) {
            long before = taken.get();
            long after = Math.min(Math.max(before - now, -SECOND) + messages * cost, LONGEST_PAUSE) + now;
            if (taken.compareAndSet(before, after)) {
                return after - now <= 0;
            }
        }
    }

    /** What a session has taken and not used. */
    void giveBack(int messages) {
        taken.addAndGet(-messages * cost);
    }

    /** Whether it is as if it had not been used. */
    boolean isFull() {
        return taken.get() - System.nanoTime() <= -SECOND;
    }

    void pacing() {
        paced.increment();
    }

    @Override
    public boolean isCongested() {
        return taken.get() - System.nanoTime() > 0;
    }
}
