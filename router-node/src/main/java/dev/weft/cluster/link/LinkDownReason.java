package dev.weft.cluster.link;

import dev.weft.link.GoodbyeReason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a link ended. */
public enum LinkDownReason {
    /** This node shuts down. */
    LEAVING(GoodbyeReason.LEAVING),
    /** The peer shut down, after it had sent all that it had to send. */
    PEER_LEFT(null),
    /** The peer ended the link for another reason, which the log says. */
    PEER_ENDED(null),
    /** The peer is gone for good, for all that this node knows. */
    FORGOTTEN(GoodbyeReason.FORGOTTEN),
    /** The peer connected again. */
    REPLACED(GoodbyeReason.REPLACED),
    /** The TCP connection broke, and the link was not resumed. */
    CONNECTION_LOST(null),
    /** Nothing was heard from the peer for too long. */
    SILENT(null),
    /** This node itself was not running for longer than its peers wait. */
    FROZEN(null),
    /** The peer did not acknowledge a change of the tables in time. */
    FENCED(GoodbyeReason.FENCED),
    /** More waited to be sent than the queue may hold. */
    OVERFLOW(null),
    /** What the peer sent is no frame. */
    VIOLATION(GoodbyeReason.VIOLATION),
    /** This node failed to handle what the peer sent. */
    FAILURE(GoodbyeReason.FAILURE);

    private final @Nullable GoodbyeReason farewell;

    LinkDownReason(@Nullable GoodbyeReason farewell) {
        this.farewell = farewell;
    }

    /** Whether something that was sent over the link may not have arrived. */
    public boolean mayLose() {
        return this != LEAVING && this != PEER_LEFT;
    }

    /** As clients and logs are told it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the peer is told, or null when it cannot be told. */
    @Nullable
    GoodbyeReason farewell() {
        return farewell;
    }
}
