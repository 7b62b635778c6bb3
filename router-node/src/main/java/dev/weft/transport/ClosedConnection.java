package dev.weft.transport;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is gone.
 *
 * @param at when
 * @param connection as it was last; without a kind that was negotiated the transport is {@code none}
 * @param holder who had it last; null if no session was ever opened on it
 */
public record ClosedConnection(
        Instant at,
        CloseReason reason,
        ConnectionStatus connection,
        @Nullable Holder holder) {
    /**
     * The last session of a connection, and what it had.
     *
     * @param callsInFlight calls of its own that were not answered
     * @param invocationsPending calls that it had not answered
     */
    public record Holder(
            long session,
            String realm,
            String authid,
            int subscriptions,
            int registrations,
            int callsInFlight,
            int invocationsPending) {}
}
