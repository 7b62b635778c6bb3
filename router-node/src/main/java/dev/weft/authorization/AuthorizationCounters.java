package dev.weft.authorization;

import java.util.concurrent.atomic.LongAdder;

/** Requests of clients that were refused because they are not allowed, since the node's start. Thread-safe. */
public final class AuthorizationCounters {
    private final LongAdder[] denied = new LongAdder[Action.values().length];

    public AuthorizationCounters() {
        for (int i = 0; i < denied.length; i++) {
            denied[i] = new LongAdder();
        }
    }

    void denied(Action action) {
        denied[action.ordinal()].increment();
    }

    /** Those of publishers that did not ask for an acknowledgement, and so were not told, included. */
    public long requestsDenied(Action action) {
        return denied[action.ordinal()].sum();
    }
}
