package dev.weft.cluster.table;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.link.NodeId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The tables in Hazelcast. What is decided is decided by an entry processor at the owner of the key's partition; the
 * stages are Hazelcast's own, so they complete only when an operation is over or has failed for good.
 */
public final class HazelcastTableStore implements TableStore, AutoCloseable {
    private final IMap<TableKey, InterestHolders> interest;
    private final IMap<TableKey, CalleeRoster> callees;
    private final IMap<Long, SessionOwner> sessions;
    private final IMap<String, RealmRoster> realms;
    /** A purge visits all entries and blocks while it does. */
    private final ExecutorService purger = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "weft-table-purge");
        thread.setDaemon(true);
        return thread;
    });

    /** @param membership joined with {@link HazelcastTables#join} */
    public HazelcastTableStore(HazelcastMembership membership) {
        HazelcastInstance hazelcast = membership.hazelcast();
        interest = hazelcast.getMap(HazelcastTables.INTEREST);
        callees = hazelcast.getMap(HazelcastTables.CALLEES);
        sessions = hazelcast.getMap(HazelcastTables.SESSIONS);
        realms = hazelcast.getMap(HazelcastTables.REALMS);
    }

    @Override
    public CompletionStage<Decision> addInterest(TableKey key, InterestOffer offer) {
        return submitted(() -> interest.submitToKey(key, new InterestChange.Add(offer))
                .thenApply(id -> new Decision.Granted(id, 0, 0)));
    }

    @Override
    public CompletionStage<Void> removeInterest(TableKey key, NodeId owner) {
        return submitted(() -> interest.submitToKey(key, new InterestChange.Remove(owner)));
    }

    @Override
    public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Map<NodeId, Long> dead) {
        return submitted(() -> callees.submitToKey(key, new CalleeChange.Add(offer, dead)));
    }

    @Override
    public CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session) {
        return submitted(() -> callees.submitToKey(key, new CalleeChange.Remove(owner, session)));
    }

    @Override
    public CompletionStage<Long> purge(Stale stale) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> LongStream.of(
                                    latest(callees.executeOnEntries(new CalleeChange.Purge(stale))),
                                    latest(interest.executeOnEntries(new InterestChange.Purge(stale))),
                                    latest(sessions.executeOnEntries(new SessionChange.Purge(stale))),
                                    latest(realms.executeOnEntries(new RealmChange.Purge(stale))))
                            .max()
                            .orElse(0),
                    purger);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedStage(closed);
        }
    }

    private static long latest(Map<?, @Nullable Long> left) {
        return left.values().stream()
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** Ends what the store runs itself; Hazelcast is the caller's. */
    @Override
    public void close() {
        purger.shutdown();
    }

    @Nullable
    InterestHolders interestIn(TableKey key) {
        return interest.get(key);
    }

    @Nullable
    CalleeRoster calleesOf(TableKey key) {
        return callees.get(key);
    }

    interface Operation<T> {
        CompletionStage<T> submit();
    }

    /** Hazelcast throws on the calling thread once it is shut down: here that is a failed stage as well. */
    static <T> CompletionStage<T> submitted(Operation<? extends T> operation) {
        try {
            return operation.submit().thenApply(result -> result);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedStage(refused);
        }
    }
}
