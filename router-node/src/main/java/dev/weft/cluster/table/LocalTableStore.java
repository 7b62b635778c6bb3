package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tables of a node that is a cluster by itself: in memory, decided at once. */
public final class LocalTableStore implements TableStore {
    private final Map<TableKey, InterestHolders> interest = new ConcurrentHashMap<>();
    private final Map<TableKey, CalleeRoster> callees = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<Decision> addInterest(TableKey key, NodeId owner, long proposedId) {
        InterestHolders holders =
                interest.compute(key, (same, present) -> InterestHolders.add(present, owner, proposedId));
        return CompletableFuture.completedStage(new Decision.Granted(holders.subscription(), 0));
    }

    @Override
    public CompletionStage<Void> removeInterest(TableKey key, NodeId owner) {
        interest.computeIfPresent(key, (same, present) -> present.without(Set.of(owner)));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Set<NodeId> dead) {
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
    public CompletionStage<Void> purge(Set<NodeId> dead) {
        interest.keySet().forEach(key -> interest.computeIfPresent(key, (same, present) -> present.without(dead)));
        callees.keySet().forEach(key -> callees.computeIfPresent(key, (same, present) -> present.withoutNodes(dead)));
        return CompletableFuture.completedStage(null);
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
