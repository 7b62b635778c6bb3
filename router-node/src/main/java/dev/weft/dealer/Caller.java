package dev.weft.dealer;

import dev.weft.lane.LongMap;
import dev.weft.session.Session;

/** A session as the one side of the dealer sees it: its calls in flight. Belongs to the session's event loop. */
public final class Caller {
    private final Session session;
    private final LongMap<PendingCall> calls = new LongMap<>();

    public Caller(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    public boolean hasCallsInFlight() {
        return !calls.isEmpty();
    }

    /** By the id of the CALL. */
    LongMap<PendingCall> calls() {
        return calls;
    }
}
