package dev.weft.transport;

import java.util.Locale;

/** How a peer takes what it is sent. */
public enum Pace {
    /** Less waits for it than the soft mark. */
    KEEPS_UP,

    /** More waits than the soft mark, and it takes some of that. */
    BEHIND,

    /** More waits than the soft mark, and it takes nothing: nobody waits for it. */
    STALLED;

    /** Whether it counts among those for whom somebody may have to wait: 1 or 0. */
    public int counted() {
        return this == STALLED ? 0 : 1;
    }

    /** Whether somebody may have to wait for it: 1 or 0. */
    public int behind() {
        return this == BEHIND ? 1 : 0;
    }

    /** What it is called in metrics and on the admin port. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
