package dev.weft.cluster.table;

import dev.weft.lane.LocalLane;
import dev.weft.link.SessionJoined;
import dev.weft.link.SessionLeft;
import dev.weft.link.TableChange;
import dev.weft.session.SessionDirectory;
import dev.weft.wamp.SessionDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sessions of this node, told to the other nodes and shown in this node's mirror. Nobody waits for anybody: a
 * session is welcome before it is told. Its end is told after the end of all it held, because {@link #closed} is called
 * when that has been asked for, and both come through the control thread. What is told over a link follows what the
 * session published over it before, because its event loop hands over to the control thread after that.
 *
 * <p>Every method can be called on any thread; the rest is confined to the control thread.
 */
public final class OwnedSessions implements SessionDirectory {
    /** Realms are apart: the ids of their sessions need not differ. */
    private record Key(String realm, long session) {}

    private final Peers peers;
    private final Mirror mirror;
    private final ControlThread control;
    private final Map<Key, SessionJoined> sessions = new LinkedHashMap<>();

    OwnedSessions(Peers peers, Mirror mirror, ControlThread control) {
        this.peers = peers;
        this.mirror = mirror;
        this.control = control;
    }

    @Override
    public void opened(String realm, SessionDetails session, LocalLane lane, Runnable clash) {
        SessionJoined joined = new SessionJoined(realm, session, lane.index());
        control.execute(() -> {
            sessions.put(new Key(realm, session.identity().session()), joined);
            peers.tell(joined);
            mirror.sessionJoined(joined, lane);
        });
    }

    @Override
    public void closed(String realm, long session, LocalLane lane) {
        control.execute(() -> {
            sessions.remove(new Key(realm, session));
            SessionLeft left = new SessionLeft(realm, session, false);
            peers.tell(left);
            mirror.sessionLeft(left, lane);
        });
    }

    /** All there is to tell a new peer. */
    List<TableChange> announced() {
        return new ArrayList<>(sessions.values());
    }
}
