package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** What one side of a split stores, by the rules that hold in Hazelcast; can be forked. */
final class SimulatedTables implements TableStore {
    final Map<TableKey, InterestHolders> interest = new HashMap<>();
    final Map<TableKey, CalleeRoster> callees = new HashMap<>();

    SimulatedTables forkOf(Predicate<TableKey> survives) {
        SimulatedTables fork = new SimulatedTables();
        interest.forEach((key, value) -> put(fork.interest, key, survives.test(key) ? value : null));
        callees.forEach((key, value) -> put(fork.callees, key, survives.test(key) ? value : null));
        return fork;
    }

    /** Every node that owns something. */
    Set<NodeId> owners() {
        Set<NodeId> owners = new HashSet<>();
        interest.values().forEach(one -> one.holders().forEach(holder -> owners.add(holder.node())));
        callees.values().forEach(one -> one.callees().forEach(callee -> owners.add(callee.node())));
        return owners;
    }

    @Override
    public CompletionStage<Decision> addInterest(TableKey key, InterestOffer offer) {
        InterestHolders holders = InterestHolders.add(interest.get(key), offer);
        interest.put(key, holders);
        return CompletableFuture.completedStage(new Decision.Granted(holders.subscription(), 0, 0));
    }

    @Override
    public CompletionStage<Void> removeInterest(TableKey key, NodeId owner) {
        interest.computeIfPresent(key, (same, present) -> present.without(owner));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Map<NodeId, Long> dead) {
        CalleeRoster.Outcome outcome = CalleeRoster.add(callees.get(key), key.uri(), offer, dead);
        put(callees, key, outcome.roster());
        return CompletableFuture.completedStage(outcome.decision());
    }

    @Override
    public CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session) {
        callees.computeIfPresent(key, (same, present) -> present.withoutSession(owner, session));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Long> purge(Stale stale) {
        for (TableKey key : Set.copyOf(interest.keySet())) {
            interest.computeIfPresent(key, (same, present) -> present.without(stale));
        }
        for (TableKey key : Set.copyOf(callees.keySet())) {
            callees.computeIfPresent(key, (same, present) -> present.without(stale));
        }
        LongStream left = LongStream.concat(
                interest.values().stream().mapToLong(holders -> holders.latestOf(stale)),
                callees.values().stream().mapToLong(roster -> roster.latestOf(stale)));
        return CompletableFuture.completedStage(left.max().orElse(0));
    }

    private static <V> void put(Map<TableKey, V> map, TableKey key, V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }
}
