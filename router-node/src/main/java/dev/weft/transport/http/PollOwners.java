package dev.weft.transport.http;

import dev.weft.lane.Lane;
import org.jspecify.annotations.Nullable;

/** The nodes that long-poll transports may belong to. Thread-safe. */
public interface PollOwners {
    /** A node without others. */
    PollOwners NONE = epoch -> null;

    /**
     * The lane to the other node that runs with this epoch and takes requests for its transports; null if there is none. A
     * lane that was given once is told down to the event loops when it is not given any more.
     */
    @Nullable
    Lane laneTo(long epoch);
}
