package dev.weft.meta;

import dev.weft.lane.Lane;
import dev.weft.link.SessionJoined;
import dev.weft.link.SessionLeft;
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

    public SessionTable(MetaEvents events) {
        this.events = events;
    }

    /** A session that is known already changes nothing: it was told once more, or its id is taken and it has to go. */
    public synchronized void join(SessionJoined joined, Lane lane) {
        SessionEntry entry = new SessionEntry(joined.details(), lane, joined.loop());
        if (sessions.putIfAbsent(entry.id(), entry) == null) {
            events.joined(entry.details());
        }
    }

    public synchronized void leave(SessionLeft left, Lane lane) {
        SessionEntry entry = sessions.get(left.session());
        if (entry != null && entry.lane() == lane) {
            remove(entry);
        }
    }

    /** The node behind {@code lane} is gone, and with it its sessions. */
    public synchronized void removeAll(Lane lane) {
        List<SessionEntry> gone = new ArrayList<>();
        for (SessionEntry entry : sessions.values()) {
            if (entry.lane() == lane) {
                gone.add(entry);
            }
        }
        gone.forEach(this::remove);
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
