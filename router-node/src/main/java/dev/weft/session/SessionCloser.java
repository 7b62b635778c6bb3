package dev.weft.session;

import dev.weft.transport.CloseReason;
import dev.weft.wamp.WampError;
import org.jspecify.annotations.Nullable;

/** The one door through which the router ends a session. Called on the event loop of the session; late calls do nothing. */
public interface SessionCloser {
    /** ABORT with a message that names the fault, then the connection is closed. */
    void abort(WampError error, String fault, CloseReason reason);

    /**
     * GOODBYE; when it is answered, or is not answered in time, the connection is closed.
     *
     * @param uri {@code GOODBYE.Reason}
     * @param message in words for the client, or null
     */
    void goodbye(String uri, @Nullable String message, CloseReason reason);

    /** The connection is closed without a word of WAMP. */
    void close(CloseReason reason);
}
