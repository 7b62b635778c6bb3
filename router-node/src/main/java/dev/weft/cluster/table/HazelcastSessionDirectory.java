package dev.weft.cluster.table;

import com.hazelcast.map.IMap;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.link.SessionLeft;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import dev.weft.session.SessionDirectory;
import dev.weft.wamp.SessionDetails;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of the cluster in Hazelcast, where each id is taken once. Those of this node are asserted again together
 * with its tables. The other nodes are told by {@link OwnedSessions}, without waiting for Hazelcast.
 */
public final class HazelcastSessionDirectory implements SessionDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastSessionDirectory.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final IMap<Long, SessionOwner> sessions;
    private final NodeId self;
    private final TableOwner tables;
    private final StoreFlux flux;
    private final ControlThread control;
    /** Of this node; confined to the control thread. */
    private final Map<Long, HeldSession> held = new HashMap<>();

    /**
     * @param tables of the same node
     * @param flux is told when something changes in the map
     * @param control the control thread of the tables, where clashes are told
     */
    public HazelcastSessionDirectory(
            HazelcastMembership membership, NodeId self, TableOwner tables, StoreFlux flux, ControlThread control) {
        this.sessions = membership.hazelcast().getMap(HazelcastTables.SESSIONS);
        this.self = self;
        this.tables = tables;
        this.flux = flux;
        this.control = control;
        tables.alsoAsserts(held::values);
    }

    @Override
    public void opened(String realm, SessionDetails details, LocalLane lane, Runnable clash) {
        tables.sessions().opened(realm, details, lane, clash);
        long session = details.identity().session();
        control.execute(() -> {
            HeldSession opened = new HeldSession(session, realm, clash);
            held.put(session, opened);
            opened.renew(() -> {});
        });
    }

    @Override
    public void closed(String realm, long session, LocalLane lane) {
        tables.sessions().closed(realm, session, lane);
        control.execute(() -> {
            HeldSession closed = held.remove(session);
            if (closed != null) {
                closed.remove();
            }
        });
    }

    /** What this node holds is compared by {@code comparison} with what the map has of it. Before anything else is called. */
    public void comparedBy(StoreAudit comparison) {
        comparison.add(TableKind.SESSIONS, new StoreAudit.Table(held::values, this::discard));
    }

    private void discard(TableChange removal) {
        SessionLeft ghost = (SessionLeft) removal;
        if (!held.containsKey(ghost.session())) {
            new HeldSession(ghost.session(), ghost.realm(), () -> {}).remove();
        }
    }

    @Nullable
    SessionOwner ownerOf(long session) {
        return sessions.get(session);
    }

    /** One operation at a time, so that a session that was closed does not come back. */
    private final class HeldSession implements HeldEntry {
        private final long session;
        private final String realm;
        private final Runnable clash;
        private CompletionStage<?> last = CompletableFuture.completedStage(null);
        private boolean stored;

        private HeldSession(long session, String realm, Runnable clash) {
            this.session = session;
            this.realm = realm;
            this.clash = clash;
        }

        @Override
        public @Nullable TableChange settled() {
            return stored ? StoredEntry.session(realm, session) : null;
        }

        @Override
        public int bucket() {
            return EntryDigest.bucket(StoredEntry.session(realm, session));
        }

        /** Notes that the map changes meanwhile. */
        private <R> CompletionStage<R> submitted(HazelcastTableStore.Operation<? extends R> operation) {
            return flux.during(TableKind.SESSIONS, bucket(), () -> HazelcastTableStore.<R>submitted(operation));
        }

        @Override
        public void renew(Runnable over) {
            last = last.handle((before, failure) -> null)
                    .thenComposeAsync(before -> open(), control)
                    .whenCompleteAsync((granted, failure) -> opened(granted, failure, over), control);
        }

        private CompletionStage<@Nullable Boolean> open() {
            if (held.get(session) != this) {
                return CompletableFuture.completedStage(null);
            }
            SessionOwner owner = new SessionOwner(realm, self, tables.term());
            return this.<@Nullable Boolean>submitted(
                    () -> sessions.submitToKey(session, new SessionChange.Open(owner)));
        }

        private void opened(@Nullable Boolean granted, @Nullable Throwable failure, Runnable over) {
            if (failure != null) {
                LOG.warn("The table of sessions misses session {} for now: {}", session, failure.toString());
                control.later(RETRY, () -> renew(over));
                return;
            }
            stored = Boolean.TRUE.equals(granted);
            if (Boolean.FALSE.equals(granted)) {
                LOG.warn("Session {} of realm {} has the id of a session on another node and must go", session, realm);
                clash.run();
            }
            over.run();
        }

        private void remove() {
            last = last.handle((before, failure) -> null)
                    .thenComposeAsync(
                            before -> this.<@Nullable Void>submitted(
                                    () -> sessions.submitToKey(session, new SessionChange.Close(self))),
                            control)
                    .whenCompleteAsync(
                            (nothing, failure) -> {
                                if (failure != null) {
                                    LOG.warn("Session {} is removed later: {}", session, failure.toString());
                                    control.later(RETRY, this::remove);
                                }
                            },
                            control);
        }
    }
}
