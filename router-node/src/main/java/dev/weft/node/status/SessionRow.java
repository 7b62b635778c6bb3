package dev.weft.node.status;

import dev.weft.session.ClientStatus;
import dev.weft.session.Holdings;

/**
 * A session as it is listed.
 *
 * @param callsInFlight calls of its own that are not answered
 * @param invocationsPending calls that it has not answered
 */
public record SessionRow(
        long session,
        String realm,
        String authid,
        String authrole,
        String authmethod,
        long ageSeconds,
        int subscriptions,
        int registrations,
        int callsInFlight,
        int invocationsPending,
        long connection,
        String peer,
        long messagesIn,
        long messagesOut,
        long pendingBytes) {
    static SessionRow of(ClientStatus client, ClientStatus.SessionStatus session) {
        Holdings holdings = session.holdings();
        return new SessionRow(
                session.identity().session(),
                session.realm(),
                session.identity().authid(),
                session.identity().authrole(),
                session.authmethod(),
                Times.seconds(session.ageNanos()),
                holdings.subscriptions(),
                holdings.registrations(),
                holdings.callsInFlight(),
                holdings.invocationsPending(),
                client.connection().id(),
                client.connection().peer(),
                client.connection().messagesIn(),
                client.connection().messagesOut(),
                client.connection().pendingBytes());
    }
}
