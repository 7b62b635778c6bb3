package dev.weft.cluster.table;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.link.NodeId;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The tables in Hazelcast. What is decided is decided by an entry processor at the owner of the key's partition; the
 * stages are Hazelcast's own, so they complete only when an operation is over or has failed for good.
 */
public final class HazelcastTableStore implements TableStore, AutoCloseable {
    private final IMap<TableKey, InterestHolders> interest;
    private final IMap<TableKey, CalleeRoster> callees;
    private final IMap<Long, SessionOwner> sessions;
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
    }

    @Override
    public CompletionStage<Decision> addInterest(TableKey key, NodeId owner, long proposedId) {
        return submitted(() -> interest.submitToKey(key, new InterestChange.Add(owner, proposedId))
                .thenApply(id -> new Decision.Granted(id, 0)));
    }

    @Override
    public CompletionStage<Void> removeInterest(TableKey key, NodeId owner) {
        return submitted(() -> interest.submitToKey(key, new InterestChange.Remove(Set.of(owner))));
    }

    @Override
    public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Set<NodeId> dead) {
        return submitted(() -> callees.submitToKey(key, new CalleeChange.Add(offer, dead)));
    }

    @Override
    public CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session) {
        return submitted(() -> callees.submitToKey(key, new CalleeChange.Remove(owner, session)));
    }

    @Override
    public CompletionStage<Void> purge(Set<NodeId> dead) {
        try {
            return CompletableFuture.runAsync(
                    () -> {
                        callees.executeOnEntries(new CalleeChange.Purge(dead));
                        interest.executeOnEntries(new InterestChange.Remove(dead));
                        sessions.executeOnEntries(new SessionChange.Close(dead));
                    },
                    purger);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedStage(closed);
        }
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
