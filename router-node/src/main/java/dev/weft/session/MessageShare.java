package dev.weft.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session's share of the rates that it has together with others: tokens that it has taken from each and not used yet. So for
 * most messages nothing is touched that other event loops write. Belongs to the event loop of the session.
 */
public final class MessageShare {
    private final SharedRates owner;
    private final SharedRate[] rates;
    private final int portion;
    private int left;

    /** @param rates at least one */
    MessageShare(SharedRates owner, List<SharedRate> rates) {
        this.owner = owner;
        this.rates = rates.toArray(SharedRate[]::new);
        this.portion = rates.stream().mapToInt(SharedRate::portion).min().orElse(1);
    }

    /** A message of the session came: it may have to wait before more is read. */
    public void take(Session session) {
        if (--left >= 0) {
            return;
        }
        left = portion - 1;
        SharedRate full = takeFromAll();
        if (full != null) {
            full.pacing();
            session.connection().waitFor(full);
        }
    }

    /** The session has ended. */
    public void end() {
        int unused = Math.max(0, left);
        left = 0;
        for (SharedRate rate : rates) {
            rate.giveBack(unused);
            owner.leave(rate);
        }
    }

    private @Nullable SharedRate takeFromAll() {
        SharedRate full = null;
        for (SharedRate rate : rates) {
            if (!rate.take(portion)) {
                full = rate;
            }
        }
        return full;
    }
}
