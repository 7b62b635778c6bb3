package dev.weft.load.chaos.client;

import dev.weft.wamp.MessageType;

/** Whose session it is. Everything is entered into the history before it is told here. */
interface SessionListener {
    void opened(Session session);

    /** There was an {@link #opened} before, or never will be one. */
    void closed(Session session);

    default void subscribed(long request, long subscription) {}

    default void unsubscribed(long request) {}

    default void event(long subscription, int publisher, long number) {}

    default void registered(long request, long registration) {}

    default void unregistered(long request) {}

    default void revoked(long registration) {}

    /** A request other than a call. */
    default void refused(long request, MessageType type, String error) {}

    /** @param error empty if it ended with a result */
    default void callEnded(long request, String error) {}

    default void progress(long request) {}

    default void invoked(long request, Task task, long number) {}

    default void interrupted(long request) {}
}
