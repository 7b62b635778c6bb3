package dev.weft.node;

/** Where a node stands between its start and its end. It only goes forward. Thread-safe. */
final class NodeLifecycle {
    /** In the order in which they follow each other. */
    enum State {
        STARTING,
        /** Becoming a member of the cluster and learning its tables. */
        JOINING,
        /** Serves clients. */
        READY,
        /** Still serves the clients that it has, but is about to leave. */
        DRAINING,
        STOPPED
    }

    private State state = State.STARTING;

    synchronized State state() {
        return state;
    }

    /** Goes on to {@code next} and returns where the node stood before: {@code next} or later if it has no effect. */
    synchronized State advance(State next) {
        State before = state;
        if (before.compareTo(next) < 0) {
            state = next;
        }
        return before;
    }
}
