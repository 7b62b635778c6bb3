package dev.weft.load.relay;

/**
 * The frames of the bare relay: a length (of all that follows, 4 octets), an address (4), and what is forwarded untouched. The
 * relay replaces the address of the receiver by that of the sender.
 *
 * <p>Addresses from 0 on belong to all connections that have joined them; negative ones, but for {@link #JOIN}, to one connection.
 */
public final class RelayFrame {
    /** Octets of length and address. */
    public static final int HEADER_LENGTH = 8;

    /** Not an address: the sender joins the one that follows (4 octets), and gets an empty frame of this kind when it has. */
    public static final int JOIN = -1;

    /** The kind of what follows, its first octet. */
    public static final int CALL = 'C';

    public static final int ANSWER = 'A';
    public static final int EVENT = 'E';

    /**
     * Octets between kind and argument, so that a frame is as long as the mean of the WAMP messages that carry the same
     * argument: 26 octets more than it, over RawSocket.
     */
    public static final int PADDING = 17;

    private RelayFrame() {}

    /** The address that belongs to a topic or procedure. */
    public static int address(String name) {
        return name.hashCode() & Integer.MAX_VALUE;
    }
}
