package dev.weft.cluster.table;

import dev.weft.link.RoutedEvent;
import dev.weft.wamp.Identity;

/**
 * An event that the cluster keeps. Of two, the one with the later stamp is newer, and of two with one stamp the one with
 * the larger publication id: the same one in the eyes of every node.
 *
 * @param stamp when it was stored: milliseconds since 1970, but later than what was stored before it in its place
 * @param event with a kept payload
 */
record StoredEvent(long stamp, RoutedEvent event) {
    /** What it takes beside its payload and topic, roughly, in bytes. */
    private static final int OVERHEAD = 100;

    boolean isNewerThan(StoredEvent other) {
        return stamp != other.stamp ? stamp > other.stamp : event.publication() > other.event.publication();
    }

    /** Whether a session that is {@code receiver} would have got it. */
    boolean isFor(Identity receiver) {
        return receiver.session() != event.excluded()
                && (event.receivers() == null || event.receivers().admits(receiver));
    }

    /** What it counts against bounds. */
    int bytes() {
        return event.payload().length() + event.topic().length() + OVERHEAD;
    }
}
