package dev.weft.session;

import dev.weft.observability.Buckets;
import dev.weft.observability.Distribution;
import dev.weft.observability.Tallies;
import dev.weft.transport.CloseReason;

/** How the connections of one event loop got a session, or did not. The event loop counts; any thread may read. */
public final class HandshakeCounters {
    private final Tallies<CloseReason> refusals = new Tallies<>(CloseReason.class);
    private final Distribution durations = new Distribution(Buckets.LATENCY);

    HandshakeCounters() {}

    /** Clients that were told by ABORT that they get no session, by reason. */
    public Tallies<CloseReason> refusals() {
        return refusals;
    }

    /** Nanoseconds from when the connection, or the session before on it, left off to WELCOME. */
    public Distribution durations() {
        return durations;
    }
}
