package dev.weft.dealer;

import dev.weft.lane.LongMap;
import dev.weft.session.Session;
import dev.weft.transport.Pace;
import dev.weft.wamp.WampId;
import org.jspecify.annotations.Nullable;

/**
 * A session as the other side of the dealer sees it: what it registered, and its invocations in flight. Belongs to the
 * session's event loop.
 */
public final class Callee {
    private final Session session;
    private final LongMap<HeldRegistration> registrations = new LongMap<>();
    private final LongMap<PendingInvocation> invocations = new LongMap<>();
    private int pendingRegistrations;
    private long lastInvocation;
    private @Nullable Runnable allAnswered;

    public Callee(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    /** By registration id; those that were answered with REGISTERED. */
    LongMap<HeldRegistration> registrations() {
        return registrations;
    }

    /** By the id of the INVOCATION. */
    LongMap<PendingInvocation> invocations() {
        return invocations;
    }

    /** Registrations held and asked for. */
    public int claims() {
        return registrations.size() + pendingRegistrations;
    }

    /** Invocations that it has not answered. */
    public int invocationsPending() {
        return invocations.size();
    }

    /** It takes what it is sent in another way than before. */
    public void paceChanged(Pace before, Pace now) {
        for (HeldRegistration held : registrations.values()) {
            held.countsNoMore(before);
            held.counts(now);
        }
    }

    void asked() {
        pendingRegistrations++;
    }

    void answered() {
        pendingRegistrations--;
        runIfAllAnswered();
    }

    /** Runs {@code task} once no registration is asked for any more; one that was to be run before is not. */
    public void whenAllAnswered(Runnable task) {
        allAnswered = task;
        runIfAllAnswered();
    }

    private void runIfAllAnswered() {
        Runnable task = allAnswered;
        if (task != null && pendingRegistrations == 0) {
            allAnswered = null;
            task.run();
        }
    }

    /** The id of the next INVOCATION: session scope, counted by the router. */
    long nextInvocation() {
        lastInvocation = WampId.next(lastInvocation);
        return lastInvocation;
    }

    /** Whether there was such an INVOCATION, answered or not. */
    boolean wasInvoked(long request) {
        return request <= lastInvocation;
    }
}
