package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import dev.weft.link.TableAudit;
import dev.weft.link.TableKind;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * A store that remembers in which buckets it was asked to change something, and where that is not over yet: there nothing
 * can be said about what it holds. Thread-safe.
 */
public final class StoreFlux implements TableStore {
    private final TableStore store;
    private final AtomicLongArray changes;
    private final AtomicLongArray pending;

    public StoreFlux(TableStore store) {
        this.store = store;
        int places = TableKind.values().length * TableAudit.BUCKETS;
        changes = new AtomicLongArray(places);
        pending = new AtomicLongArray(places);
    }

    /** How often something began to change in the bucket, or was over. */
    long changes(TableKind table, int bucket) {
        return changes.get(place(table, bucket));
    }

    /** Whether a change is not over yet. */
    boolean isChanging(TableKind table, int bucket) {
        return pending.get(place(table, bucket)) > 0;
    }

    /** Remembers a change of an entry that is not made by this store. */
    <T> CompletionStage<T> during(TableKind table, int bucket, Supplier<CompletionStage<T>> change) {
        int place = place(table, bucket);
        pending.incrementAndGet(place);
        changes.incrementAndGet(place);
        return change.get().whenComplete((result, failure) -> {
            changes.incrementAndGet(place);
            pending.decrementAndGet(place);
        });
    }

    @Override
    public void interestWillChange(TableKey key, CompletionStage<?> over) {
        during(TableKind.INTEREST, EntryDigest.bucket(key), () -> over);
    }

    private static int place(TableKind table, int bucket) {
        return table.ordinal() * TableAudit.BUCKETS + bucket;
    }

    @Override
    public CompletionStage<Decision> addInterest(TableKey key, InterestOffer offer) {
        return during(TableKind.INTEREST, EntryDigest.bucket(key), () -> store.addInterest(key, offer));
    }

    @Override
    public CompletionStage<Void> removeInterest(TableKey key, NodeId owner) {
        return during(TableKind.INTEREST, EntryDigest.bucket(key), () -> store.removeInterest(key, owner));
    }

    @Override
    public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Map<NodeId, Long> dead) {
        return during(TableKind.CALLEES, EntryDigest.bucket(key), () -> store.addCallee(key, offer, dead));
    }

    @Override
    public CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session) {
        return during(TableKind.CALLEES, EntryDigest.bucket(key), () -> store.removeCallee(key, owner, session));
    }

    @Override
    public CompletionStage<Long> purge(Stale stale) {
        return store.purge(stale);
    }
}
