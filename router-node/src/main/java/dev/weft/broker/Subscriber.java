package dev.weft.broker;

import dev.weft.lane.LongMap;
import dev.weft.session.Session;
import dev.weft.transport.Pace;
import org.jspecify.annotations.Nullable;

/** A session as the broker sees it: what it is subscribed to. Belongs to the session's event loop. */
public final class Subscriber {
    private final Session session;
    private final LongMap<Membership> memberships = new LongMap<>();
    private int pending;
    private @Nullable Runnable allAnswered;

    public Subscriber(Session session) {
        this.session = session;
    }

    public Session session() {
        return session;
    }

    /** Whether it is subscribed. */
    public boolean holds(long subscription) {
        return memberships.get(subscription) != null;
    }

    LongMap<Membership> memberships() {
        return memberships;
    }

    /** Subscriptions held and asked for. */
    public int subscriptions() {
        return memberships.size() + pending;
    }

    /** It takes what it is sent in another way than before. */
    public void paceChanged(Pace before, Pace now) {
        for (Membership membership : memberships.values()) {
            membership.subscription().paceChanged(before, now);
        }
    }

    void asked() {
        pending++;
    }

    void answered() {
        pending--;
        runIfAllAnswered();
    }

    /** Runs {@code task} once no subscription is asked for any more; one that was to be run before is not. */
    public void whenAllAnswered(Runnable task) {
        allAnswered = task;
        runIfAllAnswered();
    }

    private void runIfAllAnswered() {
        Runnable task = allAnswered;
        if (task != null && pending == 0) {
            allAnswered = null;
            task.run();
        }
    }
}
