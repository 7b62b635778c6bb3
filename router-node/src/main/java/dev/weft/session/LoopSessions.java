package dev.weft.session;

import dev.weft.transport.CloseReason;
import dev.weft.transport.Connection;
import dev.weft.transport.ConnectionAcceptor;
import dev.weft.transport.ConnectionListener;
import dev.weft.wamp.WampError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way in for the connections of one event loop, and all that came in by it. Belongs to its event loop. */
public final class LoopSessions implements ConnectionAcceptor {
    private final Realms realms;
    private final SessionHandshake handshake;
    private final SessionDirectory directory;
    private final SessionLimits limits;
    private final Set<SessionProtocol> open = new HashSet<>();
    private @Nullable Runnable lastGone;
    private boolean stopping;

    public LoopSessions(Realms realms, SessionHandshake handshake, SessionDirectory directory, SessionLimits limits) {
        this.realms = realms;
        this.handshake = handshake;
        this.directory = directory;
        this.limits = limits;
    }

    @Override
    public ConnectionListener accept(Connection connection) {
        SessionProtocol protocol = new SessionProtocol(connection, realms, handshake, directory, limits, this::gone);
        open.add(protocol);
        if (stopping) {
            protocol.close(CloseReason.NODE_SHUTDOWN);
        }
        return protocol;
    }

    /**
     * The node stops: says GOODBYE to every session, and closes connections without one, those that are opened from now
     * on, too. A session that does not answer is closed in its time.
     *
     * @param done run on the event loop when all connections are closed
     */
    public void sayGoodbye(Runnable done) {
        stopping = true;
        lastGone = done;
        for (SessionProtocol protocol : List.copyOf(open)) {
            protocol.goodbye(WampError.CLOSE_SYSTEM_SHUTDOWN.uri(), null, CloseReason.NODE_SHUTDOWN);
        }
        tellIfEmpty();
    }

    private void gone(SessionProtocol protocol) {
        open.remove(protocol);
        tellIfEmpty();
    }

    private void tellIfEmpty() {
        Runnable done = lastGone;
        if (done != null && open.isEmpty()) {
            lastGone = null;
            done.run();
        }
    }
}
