package dev.weft.lane;

import dev.weft.link.RoutedMessage;

/**
 * An ordered one-way queue to a place where sessions live: an event loop of this node ({@link LocalLane}) or another node.
 * The broker and the dealer never ask which kind they hold, but to count. Messages sent by one thread arrive in the order
 * sent, or not at all once the lane is down; a lane that went down stays down, and each event loop is told so.
 */
public interface Lane extends Congestible {
    /**
     * Sends a message; never blocks. May be called on any event loop of this node. The lane keeps the payload if it
     * must outlive the call.
     *
     * @param from where answers to the message go: the lane of the calling event loop, or that of the link it came over
     */
    void send(RoutedMessage message, Lane from);

    /**
     * Whether the node behind it is about to leave: its callees are chosen only where there are no others. Any thread.
     */
    default boolean isDraining() {
        return false;
    }

    /** Whether those behind it are on this node: for what is counted, and nothing else. Any thread. */
    default boolean isOnThisNode() {
        return false;
    }

    /** The node behind the lane, for logs. */
    String name();
}
