package dev.weft.meta;

import dev.weft.broker.LocalPublisher;
import dev.weft.lane.Lane;
import dev.weft.link.SessionJoined;
import dev.weft.link.SessionLeft;
import dev.weft.link.TestamentAdded;
import dev.weft.link.TestamentsFlushed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The mirror of one realm's sessions on this node: all of the cluster. Reading takes no lock and may be done on any
 * thread; changes are made by whoever speaks for the lane of the session (the control thread for the event loops of this
 * node, a link for its peer) and are serialized here, together with the meta events that tell of them.
 */
public final class SessionTable {
    private final ConcurrentHashMap<Long, SessionEntry> sessions = new ConcurrentHashMap<>();
    private final MetaEvents events;
    private final Testaments testaments;

    public SessionTable(String realm, MetaEvents events, LocalPublisher publisher) {
        this.events = events;
        this.testaments = new Testaments(realm, publisher);
    }

    /** A session that is known already changes nothing: it was told once more, or its id is taken and it has to go. */
    public synchronized void join(SessionJoined joined, Lane lane) {
        SessionEntry entry = new SessionEntry(joined.details(), lane, joined.loop());
        if (sessions.putIfAbsent(entry.id(), entry) == null) {
            events.joined(entry.details());
        }
    }

    /** Its testaments come before the event that it left. */
    public synchronized void leave(SessionLeft left, Lane lane) {
        SessionEntry entry = present(left.session(), lane);
        if (entry == null) {
            return;
        }
        if (left.testaments()) {
            testaments.publish(entry.id(), false);
        } else {
            testaments.drop(entry.id());
        }
        remove(entry);
    }

    /** The node behind {@code lane} is gone, or cannot be reached, and with it its sessions. */
    public synchronized void removeAll(Lane lane) {
        List<SessionEntry> gone = new ArrayList<>();
        for (SessionEntry entry : sessions.values()) {
            if (entry.lane() == lane) {
                gone.add(entry);
            }
        }
        for (SessionEntry entry : gone) {
            testaments.publish(entry.id(), true);
            remove(entry);
        }
    }

    public synchronized void addTestament(TestamentAdded added, Lane lane) {
        if (present(added.session(), lane) != null) {
            testaments.add(added.session(), added.scope(), added.testament());
        }
    }

    public synchronized void flushTestaments(TestamentsFlushed flushed, Lane lane) {
        if (present(flushed.session(), lane) != null) {
            testaments.flush(flushed.session(), flushed.scope());
        }
    }

    /** Null if the session is not known, or is another lane's. */
    private @Nullable SessionEntry present(long session, Lane lane) {
        SessionEntry entry = sessions.get(session);
        return entry != null && entry.lane() == lane ? entry : null;
    }

    private void remove(SessionEntry entry) {
        sessions.remove(entry.id());
        events.left(entry.details().identity());
    }

    public @Nullable SessionEntry get(long session) {
        return sessions.get(session);
    }

    /** A view of all sessions, in no order; weakly consistent with concurrent changes. */
    public Collection<SessionEntry> all() {
        return Collections.unmodifiableCollection(sessions.values());
    }

    public int size() {
        return sessions.size();
    }
}
