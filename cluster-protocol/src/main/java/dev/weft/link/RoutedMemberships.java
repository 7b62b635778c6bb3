package dev.weft.link;

/**
 * Tells a node with a subscriber to subscription meta events who is subscribed at one event loop of the sending node: all
 * at first, then every change, until the node has no such subscriber any more.
 *
 * @param loop the event loop of the sending node that tells
 * @param parts how many event loops that node has, each of which tells on its own
 * @param sequence of a change: counts up with the changes of the event loop; 0 otherwise
 * @param pairs subscription and session by turns; not to be changed
 */
public record RoutedMemberships(String realm, int loop, int parts, Kind kind, long sequence, long[] pairs)
        implements RoutedMessage {
    /** In this order on links. */
    public enum Kind {
        /** Forget what this event loop told before; who is subscribed now follows. */
        BEGIN,
        /** Is subscribed. */
        PRESENT,
        /** That was all. */
        END,
        /** Subscribed just now. */
        JOINED,
        /** The same, and nobody else was subscribed anywhere as far as the sender knows. */
        FIRST_JOINED,
        /** Is subscribed no more. */
        LEFT,
        /** The same, and nobody else is subscribed anywhere as far as the sender knows. */
        LAST_LEFT,
        /** Forget all: nothing more is told. */
        STOPPED
    }

    @Override
    public RoutedMemberships keep() {
        return this;
    }
}
