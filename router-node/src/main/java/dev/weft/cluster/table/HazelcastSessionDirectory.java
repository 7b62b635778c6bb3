package dev.weft.cluster.table;

import com.hazelcast.map.IMap;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.session.SessionDirectory;
import dev.weft.wamp.SessionDetails;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of the cluster in Hazelcast, where each id is taken once. */
public final class HazelcastSessionDirectory implements SessionDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastSessionDirectory.class);

    private final IMap<Long, SessionOwner> sessions;
    private final NodeId self;
    private final Executor control;
    private final SessionDirectory told;

    /**
     * @param control where clashes are told
     * @param told is told the same, without waiting for Hazelcast
     */
    public HazelcastSessionDirectory(
            HazelcastMembership membership, NodeId self, Executor control, SessionDirectory told) {
        this.told = told;
        this.sessions = membership.hazelcast().getMap(HazelcastTables.SESSIONS);
        this.self = self;
        this.control = control;
    }

    @Override
    public void opened(String realm, SessionDetails details, LocalLane lane, Runnable clash) {
        told.opened(realm, details, lane, clash);
        long session = details.identity().session();
        submit(session, new SessionChange.Open(new SessionOwner(realm, self)), granted -> {
            if (Boolean.FALSE.equals(granted)) {
                LOG.warn("Session {} of realm {} has the id of a session on another node and must go", session, realm);
                clash.run();
            }
        });
    }

    @Override
    public void closed(String realm, long session, LocalLane lane) {
        told.closed(realm, session, lane);
        submit(session, new SessionChange.Close(Set.of(self)), nothing -> {});
    }

    private <R> void submit(long session, SessionChange<R> change, Answer<R> answer) {
        control.execute(() -> HazelcastTableStore.<@Nullable R>submitted(() -> sessions.submitToKey(session, change))
                .whenCompleteAsync(
                        (result, failure) -> {
                            if (failure == null) {
                                answer.accept(result);
                            } else {
                                LOG.warn("The table of sessions missed session {}: {}", session, failure.toString());
                            }
                        },
                        control));
    }

    private interface Answer<R> {
        void accept(@Nullable R result);
    }

    @Nullable
    SessionOwner ownerOf(long session) {
        return sessions.get(session);
    }
}
