package dev.weft.session;

import dev.weft.transport.ConnectionStatus;
import dev.weft.wamp.Identity;
import org.jspecify.annotations.Nullable;

/**
 * What is to be seen of a client at one moment.
 *
 * @param session null while there is none on the connection
 */
public record ClientStatus(
        ConnectionStatus connection, @Nullable SessionStatus session) {
    /** @param ageNanos since it was opened */
    public record SessionStatus(Identity identity, String authmethod, String realm, long ageNanos, Holdings holdings) {}
}
