package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The tables of a node that is a cluster by itself: in memory, decided at once. */
public final class LocalTableStore implements TableStore, StoredTables {
    private final Map<TableKey, InterestHolders> interest = new ConcurrentHashMap<>();
    private final Map<TableKey, CalleeRoster> callees = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<Decision> addInterest(TableKey key, InterestOffer offer) {
        InterestHolders holders = interest.compute(key, (same, present) -> InterestHolders.add(present, offer));
        return CompletableFuture.completedStage(new Decision.Granted(holders.subscription(), 0, 0));
    }

    @Override
    public CompletionStage<Void> removeInterest(TableKey key, NodeId owner) {
        interest.computeIfPresent(key, (same, present) -> present.without(owner));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Map<NodeId, Long> dead) {
        CompletableFuture<Decision> decision = new CompletableFuture<>();
        callees.compute(key, (same, present) -> {
            CalleeRoster.Outcome outcome = CalleeRoster.add(present, key.uri(), offer, dead);
            decision.complete(outcome.decision());
            return outcome.roster();
        });
        return decision;
    }

    @Override
    public CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session) {
        callees.computeIfPresent(key, (same, present) -> present.withoutSession(owner, session));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Long> purge(Stale stale) {
        interest.keySet().forEach(key -> interest.computeIfPresent(key, (same, present) -> present.without(stale)));
        callees.keySet().forEach(key -> callees.computeIfPresent(key, (same, present) -> present.without(stale)));
        LongStream left = LongStream.concat(
                interest.values().stream().mapToLong(holders -> holders.latestOf(stale)),
                callees.values().stream().mapToLong(roster -> roster.latestOf(stale)));
        return CompletableFuture.completedStage(left.max().orElse(0));
    }

    @Override
    public BucketSums sums(TableKind table, NodeId owner) {
        BucketSums sums = new BucketSums();
        forEach(table, owner, sums::add);
        return sums;
    }

    @Override
    public List<TableChange> entries(TableKind table, NodeId owner, int bucket) {
        List<TableChange> entries = new ArrayList<>();
        forEach(table, owner, stored -> {
            if (EntryDigest.bucket(stored) == bucket) {
                entries.add(stored);
            }
        });
        return entries;
    }

    private void forEach(TableKind table, NodeId owner, Consumer<TableChange> action) {
        switch (table) {
            case INTEREST -> interest.forEach((key, holders) -> StoredEntry.each(key, holders, owner, action));
            case CALLEES -> callees.forEach((key, roster) -> StoredEntry.each(key, roster, owner, action));
            case SESSIONS -> {}
        }
    }

    @Nullable
    InterestHolders interestIn(TableKey key) {
        return interest.get(key);
    }

    @Nullable
    CalleeRoster calleesOf(TableKey key) {
        return callees.get(key);
    }
}
