package dev.weft.node.status;

import dev.weft.session.ClientStatus;
import dev.weft.transport.ConnectionStatus;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it is listed.
 *
 * @param pendingBytes waiting for the client to read
 * @param stalledMs since when something has been waiting all the time
 * @param pace how the client takes what it is sent: keeps-up, behind, stalled
 * @param heldMs since when the client has not been read from, because what it feeds is congested
 * @param session null while it has none
 */
public record ConnectionRow(
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
        long stalledMs,
        String pace,
        long heldMs,
        @Nullable Long session,
        @Nullable String realm,
        @Nullable String authid) {
    static ConnectionRow of(ClientStatus client) {
        ConnectionStatus connection = client.connection();
        ClientStatus.SessionStatus session = client.session();
        return new ConnectionRow(
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
                Times.millis(connection.stalledNanos()),
                connection.pace().label(),
                Times.millis(connection.heldNanos()),
                session == null ? null : session.identity().session(),
                session == null ? null : session.realm(),
                session == null ? null : session.identity().authid());
    }
}
