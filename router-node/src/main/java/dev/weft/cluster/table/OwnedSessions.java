package dev.weft.cluster.table;

import dev.weft.directory.MetaDirectory;
import dev.weft.lane.LocalLane;
import dev.weft.link.SessionJoined;
import dev.weft.link.SessionLeft;
import dev.weft.link.Testament;
import dev.weft.link.TestamentAdded;
import dev.weft.link.TestamentsFlushed;
import dev.weft.session.SessionDirectory;
import dev.weft.wamp.SessionDetails;
import dev.weft.wamp.TestamentScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of this node with their testaments, told to the other nodes and shown in this node's mirror. A session is
 * welcome before it is told, and waits for nobody. Its end is told after the end of all it held, because {@link #closed}
 * is called when that has been asked for, and both come through the control thread. What is told over a link follows what
 * the session published over it before, because its event loop hands over to the control thread after that.
 *
 * <p>Every method can be called on any thread; the rest is confined to the control thread.
 */
public final class OwnedSessions implements SessionDirectory, MetaDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedSessions.class);

    /** Realms are apart: the ids of their sessions need not differ. */
    private record Key(String realm, long session) {}

    private record Owned(SessionJoined joined, List<TestamentAdded> testaments) {}

    private final Peers peers;
    private final Mirror mirror;
    private final ControlThread control;
    private final Map<Key, Owned> sessions = new LinkedHashMap<>();

    OwnedSessions(Peers peers, Mirror mirror, ControlThread control) {
        this.peers = peers;
        this.mirror = mirror;
        this.control = control;
    }

    @Override
    public void opened(String realm, SessionDetails session, LocalLane lane, Runnable clash) {
        SessionJoined joined = new SessionJoined(realm, session, lane.index());
        control.execute(() -> {
            sessions.put(new Key(realm, session.identity().session()), new Owned(joined, new ArrayList<>(0)));
            peers.tell(joined);
            mirror.sessionJoined(joined, lane);
        });
    }

    @Override
    public void closed(String realm, long session, LocalLane lane) {
        control.execute(() -> {
            Owned owned = sessions.remove(new Key(realm, session));
            if (owned == null) {
                return;
            }
            peers.digests().takenBack(owned.joined);
            SessionLeft left = new SessionLeft(realm, session, !owned.testaments.isEmpty());
            peers.tell(left);
            mirror.sessionLeft(left, lane);
        });
    }

    @Override
    public void addTestament(
            String realm, long session, TestamentScope scope, Testament testament, LocalLane lane, Runnable done) {
        TestamentAdded added = new TestamentAdded(realm, session, scope, testament);
        control.execute(() -> {
            Owned owned = sessions.get(new Key(realm, session));
            if (owned == null) {
                return;
            }
            owned.testaments.add(added);
            mirror.testamentAdded(added, lane);
            peers.tell(added, () -> whenAllKnowSessions(() -> answer(lane, done)));
        });
    }

    /** A peer that is being told all may not know of the session yet; it is told the testament again with it. */
    private void whenAllKnowSessions(Runnable then) {
        if (peers.haveSnapshots()) {
            then.run();
        } else {
            peers.awaitSnapshots(then);
        }
    }

    @Override
    public void flushTestaments(String realm, long session, TestamentScope scope, LocalLane lane, Runnable done) {
        TestamentsFlushed flushed = new TestamentsFlushed(realm, session, scope);
        control.execute(() -> {
            Owned owned = sessions.get(new Key(realm, session));
            if (owned == null) {
                return;
            }
            owned.testaments.removeIf(added -> added.scope() == scope);
            mirror.testamentsFlushed(flushed, lane);
            peers.tell(flushed, () -> answer(lane, done));
        });
    }

    @Override
    public void afterOwnChanges(LocalLane lane, Runnable then) {
        control.execute(() -> answer(lane, then));
    }

    private static void answer(LocalLane lane, Runnable answer) {
        try {
            lane.run(answer);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("{} has stopped and takes no answer", lane.name());
        }
    }

    /** The sessions there are now; each is told before its testaments. */
    List<Announced> held() {
        List<Announced> held = new ArrayList<>(sessions.size());
        sessions.forEach((key, owned) -> held.add(peer -> {
            if (owned.equals(sessions.get(key))) {
                peer.accept(owned.joined);
                owned.testaments.forEach(peer);
            }
        }));
        return held;
    }
}
