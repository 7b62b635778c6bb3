package dev.weft.broker;

import dev.weft.lane.LongMap;
import dev.weft.session.Session;

/** A session as the broker sees it: what it is subscribed to. Belongs to the session's event loop. */
public final class Subscriber {
    private final Session session;
    private final LongMap<Membership> memberships = new LongMap<>();
    private int pending;

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

    void asked() {
        pending++;
    }

    void answered() {
        pending--;
    }
}
