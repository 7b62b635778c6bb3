package dev.weft.load.chaos.net;

import java.util.LinkedHashSet;
import java.util.Set;

/** What the proxy does to the link of one pair of nodes. Event loop of the proxy only. */
final class LinkState {
    /** Means that there is no bound, and no reset to come. */
    static final long NONE = Long.MAX_VALUE;

    /** What the link carries now: one connection, or for a moment two. */
    final Set<LinkConnection> connections = new LinkedHashSet<>();

    /** Connections are reset as soon as they are made. */
    boolean refused;

    /** Connections stay open, and nothing goes over them. */
    boolean stalled;

    long delayNanos;
    long bytesPerSecond = NONE;

    /** How many octets more pass, in both directions together, until the connection is reset in their midst. */
    long octetsUntilReset = NONE;

    boolean isPlain() {
        return !stalled && delayNanos == 0 && bytesPerSecond == NONE;
    }

    void restore() {
        refused = false;
        stalled = false;
        delayNanos = 0;
        bytesPerSecond = NONE;
        octetsUntilReset = NONE;
    }
}
