package dev.weft.cluster.table;

import com.hazelcast.map.IMap;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.link.NodeId;
import dev.weft.session.SessionDirectory;
import dev.weft.wamp.Identity;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of the cluster in Hazelcast. */
public final class HazelcastSessionDirectory implements SessionDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastSessionDirectory.class);

    private final IMap<Long, SessionOwner> sessions;
    private final NodeId self;
    private final Executor control;

    /** @param control where clashes are told */
    public HazelcastSessionDirectory(HazelcastMembership membership, NodeId self, Executor control) {
        this.sessions = membership.hazelcast().getMap(HazelcastTables.SESSIONS);
        this.self = self;
        this.control = control;
    }

    @Override
    public void opened(String realm, Identity identity, Runnable clash) {
        long session = identity.session();
        submit(session, new SessionChange.Open(new SessionOwner(realm, self)), granted -> {
            if (Boolean.FALSE.equals(granted)) {
                LOG.warn("Session {} of realm {} has the id of a session on another node and must go", session, realm);
                clash.run();
            }
        });
    }

    @Override
    public void closed(String realm, long session) {
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
