package dev.weft.broker;

import dev.weft.session.Session;

/** The place of one subscriber in one set of subscribers. Belongs to the session's event loop. */
final class Membership {
    private final Subscriber subscriber;
    private final LoopSubscription subscription;
    private int index;

    Membership(Subscriber subscriber, LoopSubscription subscription, int index) {
        this.subscriber = subscriber;
        this.subscription = subscription;
        this.index = index;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    Session session() {
        return subscriber.session();
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
