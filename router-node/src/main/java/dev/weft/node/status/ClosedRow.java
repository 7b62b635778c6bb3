package dev.weft.node.status;

import dev.weft.transport.ClosedConnection;
import dev.weft.transport.ConnectionStatus;
import org.jspecify.annotations.Nullable;

/**
 * A closed connection as it is listed; the last columns are of its last session, and null if it never had one.
 *
 * @param at when it was closed, by the wall clock (ISO 8601)
 * @param ageSeconds how long it was open
 * @param pendingBytes that waited for the client then
 */
public record ClosedRow(
        String at,
        String reason,
        long id,
        String peer,
        String transport,
        String serializer,
        long ageSeconds,
        long messagesIn,
        long messagesOut,
        long bytesIn,
        long bytesOut,
        long pendingBytes,
        @Nullable Long session,
        @Nullable String realm,
        @Nullable String authid,
        @Nullable Integer subscriptions,
        @Nullable Integer registrations,
        @Nullable Integer callsInFlight,
        @Nullable Integer invocationsPending) {
    static ClosedRow of(ClosedConnection closed) {
        ConnectionStatus connection = closed.connection();
        ClosedConnection.Holder holder = closed.holder();
        return new ClosedRow(
                closed.at().toString(),
                closed.reason().label(),
                connection.id(),
                connection.peer(),
                connection.kind().transport(),
                connection.kind().serializer(),
                Times.seconds(connection.ageNanos()),
                connection.messagesIn(),
                connection.messagesOut(),
                connection.bytesIn(),
                connection.bytesOut(),
                connection.pendingBytes(),
                holder == null ? null : holder.session(),
                holder == null ? null : holder.realm(),
                holder == null ? null : holder.authid(),
                holder == null ? null : holder.subscriptions(),
                holder == null ? null : holder.registrations(),
                holder == null ? null : holder.callsInFlight(),
                holder == null ? null : holder.invocationsPending());
    }
}
