package dev.weft.cluster.table;

import com.hazelcast.map.IMap;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.table.InterestHolders.Holder;
import dev.weft.directory.RealmDirectory;
import dev.weft.link.NodeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster's realms on demand in Hazelcast: whether there may be one more is decided where the entry of their kind is, one
 * claim after the other. What this node has a part of is asserted again together with its tables, whatever the limit says then.
 */
public final class HazelcastRealmDirectory implements RealmDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastRealmDirectory.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final IMap<String, RealmRoster> kinds;
    private final NodeId self;
    private final TableOwner tables;
    private final ControlThread control;
    /** By realm; confined to the control thread. */
    private final Map<String, HeldRealm> held = new HashMap<>();

    /**
     * @param tables of the same node
     * @param control the control thread of the tables
     */
    public HazelcastRealmDirectory(
            HazelcastMembership membership, NodeId self, TableOwner tables, ControlThread control) {
        this.kinds = membership.hazelcast().getMap(HazelcastTables.REALMS);
        this.self = self;
        this.tables = tables;
        this.control = control;
        tables.alsoAsserts(held::values);
    }

    @Override
    public CompletionStage<Boolean> claim(String kind, String realm, int most) {
        CompletableFuture<Boolean> decided = new CompletableFuture<>();
        control.execute(() ->
                held.computeIfAbsent(realm, first -> new HeldRealm(kind, realm)).claim(most, decided));
        return decided;
    }

    @Override
    public void release(String kind, String realm) {
        control.execute(() -> {
            HeldRealm released = held.get(realm);
            if (released != null) {
                released.release();
            }
        });
    }

    /** One operation at a time, so that a realm that has gone does not come back. */
    private final class HeldRealm implements Renewable {
        private final String kind;
        private final String realm;
        private CompletionStage<?> last = CompletableFuture.completedStage(null);
        private boolean wanted;

        private HeldRealm(String kind, String realm) {
            this.kind = kind;
            this.realm = realm;
        }

        private void claim(int most, CompletableFuture<Boolean> decided) {
            wanted = true;
            CompletionStage<Boolean> claimed =
                    last.handle((before, failure) -> null).thenComposeAsync(before -> submit(most), control);
            last = claimed.whenCompleteAsync(
                    (granted, failure) -> {
                        if (failure != null) {
                            release();
                            decided.completeExceptionally(failure);
                        } else {
                            wanted = granted;
                            forget();
                            decided.complete(granted);
                        }
                    },
                    control);
        }

        private CompletionStage<Boolean> submit(int most) {
            Holder holder = new Holder(self, tables.term());
            return HazelcastTableStore.<Boolean>submitted(
                    () -> kinds.submitToKey(kind, new RealmChange.Claim(realm, holder, most)));
        }

        /** Not before what is under way is over, and not if it is wanted again by then. */
        private void release() {
            wanted = false;
            last = last.handle((before, failure) -> null)
                    .thenComposeAsync(before -> wanted ? CompletableFuture.completedStage(null) : remove(), control)
                    .whenCompleteAsync((removed, failure) -> released(failure), control);
        }

        private CompletionStage<@Nullable Void> remove() {
            return HazelcastTableStore.<@Nullable Void>submitted(
                    () -> kinds.submitToKey(kind, new RealmChange.Release(realm, self)));
        }

        private void released(@Nullable Throwable failure) {
            if (failure == null) {
                forget();
                return;
            }
            LOG.warn("Realm {} has gone, and counts for now all the same: {}", realm, failure.toString());
            control.later(RETRY, () -> {
                if (!wanted) {
                    release();
                }
            });
        }

        private void forget() {
            if (!wanted) {
                held.remove(realm, this);
            }
        }

        @Override
        public void renew(Runnable over) {
            last = last.handle((before, failure) -> null)
                    .thenComposeAsync(
                            before -> wanted ? submit(Integer.MAX_VALUE) : CompletableFuture.completedStage(false),
                            control)
                    .whenCompleteAsync((renewed, failure) -> renewed(failure, over), control);
        }

        private void renewed(@Nullable Throwable failure, Runnable over) {
            if (failure == null) {
                over.run();
                return;
            }
            LOG.warn("The table of realms misses {} for now: {}", realm, failure.toString());
            control.later(RETRY, () -> renew(over));
        }
    }
}
