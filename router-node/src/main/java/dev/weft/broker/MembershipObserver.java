package dev.weft.broker;

/**
 * Is told who subscribes and unsubscribes in the whole cluster, in the order of the subscription meta events. One call at a
 * time, on any thread; must be quick.
 */
public interface MembershipObserver {
    /** Passes over what it is told. */
    MembershipObserver NOBODY = new MembershipObserver() {
        @Override
        public void created(Subscription subscription, Change change) {}

        @Override
        public void subscribed(Change change) {}

        @Override
        public void unsubscribed(Change change) {}

        @Override
        public void deleted(Change change) {}
    };

    /**
     * A change.
     *
     * @param sequence with the session and the subscription tells it from all others, the same on every node
     */
    record Change(long subscription, long session, long sequence) {}

    /** Nobody was subscribed before; {@link #subscribed} follows. */
    void created(Subscription subscription, Change change);

    void subscribed(Change change);

    void unsubscribed(Change change);

    /** Nobody is left. */
    void deleted(Change change);
}
