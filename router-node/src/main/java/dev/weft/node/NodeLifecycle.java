package dev.weft.node;

import java.util.concurrent.atomic.AtomicReference;

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

    private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);

    State state() {
        return state.get();
    }

    /** Goes on to {@code next} and returns where the node stood before: {@code next} or later if it has no effect. */
    State advance(State next) {
        return state.getAndUpdate(now -> now.compareTo(next) < 0 ? next : now);
    }
}
