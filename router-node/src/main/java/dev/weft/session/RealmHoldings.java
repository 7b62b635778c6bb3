package dev.weft.session;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many subscriptions, or how many registrations, the sessions of one realm hold on this node, with those that are asked for.
 * Thread-safe.
 */
public final class RealmHoldings {
    private final AtomicInteger held = new AtomicInteger();

    /** Counts one more in, unless there are {@code most}: then false. */
    public boolean take(int most) {
        if (held.incrementAndGet() <= most) {
            return true;
        }
        held.decrementAndGet();
        return false;
    }

    public void giveBack() {
        held.decrementAndGet();
    }
}
