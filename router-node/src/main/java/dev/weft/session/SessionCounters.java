package dev.weft.session;

import dev.weft.observability.Buckets;
import dev.weft.observability.Distribution;
import dev.weft.observability.Tallies;

/** The sessions of one realm on one event loop since the start. The event loop counts; any thread may read. */
public final class SessionCounters {
    private final Tallies<SessionTally> tallies = new Tallies<>(SessionTally.class);
    private final Distribution lifetimes = new Distribution(Buckets.LIFETIME);

    public Tallies<SessionTally> tallies() {
        return tallies;
    }

    /** Nanoseconds from the start to the end of a session, of those that ended. */
    public Distribution lifetimes() {
        return lifetimes;
    }

    /** How many are open. Any thread, a moment late. */
    public long open() {
        long ended = tallies.get(SessionTally.ENDED);
        return tallies.get(SessionTally.OPENED) - ended;
    }

    /** Counts what others have counted; on the one thread that counts here. */
    public void add(SessionCounters others) {
        tallies.addAll(others.tallies);
        lifetimes.addAll(others.lifetimes);
    }

    public void opened() {
        tallies.increment(SessionTally.OPENED);
    }

    public void ended(Session session) {
        tallies.increment(SessionTally.ENDED);
        lifetimes.record(session.age());
    }
}
