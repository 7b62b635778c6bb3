package dev.weft.broker;

import dev.weft.session.Session;

/** The place of one subscriber in one set of subscribers. Belongs to the session's event loop. */
final class Membership {
    private final Session session;
    private final LoopSubscription subscription;
    private int index;

    Membership(Session session, LoopSubscription subscription, int index) {
        this.session = session;
        this.subscription = subscription;
        this.index = index;
    }

    Session session() {
        return session;
    }

    LoopSubscription subscription() {
        return subscription;
    }

    int index() {
        return index;
    }

    void moveTo(int newIndex) {
        index = newIndex;
    }
}
