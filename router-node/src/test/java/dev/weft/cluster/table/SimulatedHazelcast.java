package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Hazelcast as far as it matters to the tables: sides of a split that each have their own data, of which some is lost when
 * members vanish; sides that become one again, where the smaller one's data is dropped; and operations that take their
 * time, wait for members that are frozen, and fail.
 */
final class SimulatedHazelcast {
    private static final long NOTICED_LEAST = 3_500;
    private static final long NOTICED_MOST = 6_000;
    private static final double FAILURE = 0.01;

    /** Members that see each other, oldest first, and what they store. */
    static final class Side {
        final List<SimulatedNode> members = new ArrayList<>();
        final SimulatedTables data;

        private Side(SimulatedTables data) {
            this.data = data;
        }
    }

    private final SimulatedTime time;
    private final List<Side> sides = new ArrayList<>();
    private final Map<SimulatedNode, List<NodeId>> told = new HashMap<>();
    private SimulatedLinks network;
    private boolean mergeExpected;
    private long forks;

    SimulatedHazelcast(SimulatedTime time) {
        this.time = time;
    }

    void over(SimulatedLinks links) {
        network = links;
    }

    List<Side> sides() {
        return sides;
    }

    TableStore storeOf(SimulatedNode node) {
        return new NodeStore(node);
    }

    /** Joins the first side that it reaches, or founds one. */
    void join(SimulatedNode node) {
        Side found = null;
        for (Side side : sides) {
            if (found == null && side.members.stream().allMatch(member -> connected(member, node))) {
                found = side;
            }
        }
        if (found == null) {
            found = new Side(new SimulatedTables());
            sides.add(found);
        }
        found.members.add(node);
        for (SimulatedNode member : found.members) {
            network.connectLater(member.slot, node.slot);
        }
        tell(found, false);
        mergeLater();
    }

    /** Something may have parted the members: they find out in their time. */
    void disturbed() {
        time.after(NOTICED_LEAST, NOTICED_MOST, this::part);
    }

    void killed() {
        time.after(50, 900, this::part);
    }

    void mergeLater() {
        if (!mergeExpected) {
            mergeExpected = true;
            time.after(2_500, 6_000, this::merge);
        }
    }

    private boolean connected(SimulatedNode one, SimulatedNode other) {
        return one == other
                || (one.isAlive()
                        && other.isAlive()
                        && !one.isFrozenFor(NOTICED_LEAST)
                        && !other.isFrozenFor(NOTICED_LEAST)
                        && network.reaches(one.slot, other.slot)
                        && network.reaches(other.slot, one.slot));
    }

    /** Where the members of a side do not all see each other, it becomes several; the dead are in none. */
    private void part() {
        for (Side side : List.copyOf(sides)) {
            List<List<SimulatedNode>> groups = new ArrayList<>();
            for (SimulatedNode member : side.members) {
                if (member.isAlive()) {
                    groups.stream()
                            .filter(group -> group.stream().allMatch(other -> connected(member, other)))
                            .findFirst()
                            .orElseGet(() -> {
                                groups.add(new ArrayList<>());
                                return groups.get(groups.size() - 1);
                            })
                            .add(member);
                }
            }
            if (groups.size() == 1 && groups.get(0).size() == side.members.size()) {
                continue;
            }
            sides.remove(side);
            for (List<SimulatedNode> group : groups) {
                Side fork = new Side(forkOf(side.data));
                fork.members.addAll(group);
                sides.add(fork);
                tell(fork, true);
            }
            mergeLater();
        }
    }

    /** By chance, all or not. What is lost depends on the key alone, so that a seed gives the same on each run. */
    private SimulatedTables forkOf(SimulatedTables data) {
        long salt = time.chance(0.5) ? 0 : ++forks * 7919;
        return data.forkOf(key -> salt == 0 || Math.floorMod(key.uri().hashCode() * 31 + salt, 5) > 1);
    }

    private void merge() {
        mergeExpected = false;
        for (Side one : List.copyOf(sides)) {
            for (Side other : List.copyOf(sides)) {
                if (one != other && one.members.size() <= other.members.size() && areConnected(one, other)) {
                    for (SimulatedNode node : one.members) {
                        time.after(0, 800, () -> moveTo(one, other, node));
                    }
                    time.after(1_000, 1_000, this::mergeLater);
                    return;
                }
            }
        }
        if (sides.size() > 1) {
            mergeLater();
        }
    }

    private boolean areConnected(Side one, Side other) {
        return one.members.stream()
                .allMatch(member ->
                        member.runs() && other.members.stream().allMatch(far -> far.runs() && connected(member, far)));
    }

    private void moveTo(Side from, Side to, SimulatedNode node) {
        boolean possible = sides.contains(from)
                && sides.contains(to)
                && from.members.contains(node)
                && node.runs()
                && to.members.stream().allMatch(member -> connected(member, node));
        if (!possible) {
            return;
        }
        from.members.remove(node);
        if (from.members.isEmpty()) {
            sides.remove(from);
        }
        to.members.add(node);
        time.after(0, 300, () -> node.execute(node.owner::merged));
        tell(from, true);
        tell(to, false);
        for (SimulatedNode member : to.members) {
            network.connectLater(member.slot, node.slot);
        }
    }

    /** Each member looks at some time, and sees what is then: not who has come and gone before. */
    private void tell(Side side, boolean vanished) {
        for (SimulatedNode member : side.members) {
            time.after(0, 500, () -> member.execute(() -> look(member, vanished)));
        }
    }

    private void look(SimulatedNode member, boolean vanished) {
        List<NodeId> view = new ArrayList<>();
        sideOf(member).members.forEach(node -> view.add(node.id));
        List<NodeId> former = told.put(member, view);
        member.owner.members(view);
        member.sync.members(new HashSet<>(view));
        if (vanished && (former == null || view.containsAll(former))) {
            member.owner.vanished();
        }
    }

    private Side sideOf(SimulatedNode node) {
        return sides.stream()
                .filter(side -> side.members.contains(node))
                .findFirst()
                .orElseThrow();
    }

    private boolean isBlocked(SimulatedNode node, TableKey key) {
        List<SimulatedNode> members = sideOf(node).members;
        SimulatedNode owner = members.get(Math.floorMod(key.uri().hashCode(), members.size()));
        return owner != node
                && (!owner.runs()
                        || !network.reaches(owner.slot, node.slot)
                        || !network.reaches(node.slot, owner.slot));
    }

    /** The store as one member uses it. Insists on one operation at a time for each entry. */
    private final class NodeStore implements TableStore {
        private final SimulatedNode node;
        private final Set<Object> busy = new HashSet<>();

        private NodeStore(SimulatedNode node) {
            this.node = node;
        }

        @Override
        public CompletionStage<Decision> addInterest(TableKey key, InterestOffer offer) {
            return ask(key, key, data -> data.addInterest(key, offer));
        }

        @Override
        public CompletionStage<Void> removeInterest(TableKey key, NodeId owner) {
            return ask(key, key, data -> data.removeInterest(key, owner));
        }

        @Override
        public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Map<NodeId, Long> dead) {
            return ask(List.of(key, offer.session()), key, data -> data.addCallee(key, offer, dead));
        }

        @Override
        public CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session) {
            return ask(List.of(key, session), key, data -> data.removeCallee(key, owner, session));
        }

        @Override
        public CompletionStage<Long> purge(Stale stale) {
            CompletableFuture<Long> result = new CompletableFuture<>();
            time.after(1, 400, () -> {
                if (!node.isAlive()) {
                    return;
                }
                boolean fails = time.chance(0.1);
                if (fails && time.chance(0.5)) {
                    result.completeExceptionally(new IllegalStateException("the member is gone"));
                    return;
                }
                long left = sideOf(node).data.purge(stale).toCompletableFuture().join();
                if (fails) {
                    result.completeExceptionally(new IllegalStateException("the member is gone"));
                } else {
                    result.complete(left);
                }
            });
            return result;
        }

        private <T> CompletionStage<T> ask(
                Object entry, TableKey key, Function<SimulatedTables, CompletionStage<T>> action) {
            assertThat(busy.add(entry))
                    .as("one operation at a time for %s", entry)
                    .isTrue();
            CompletableFuture<T> result = new CompletableFuture<>();
            result.whenComplete((value, failure) -> busy.remove(entry));
            long asked = time.nanos();
            time.afterNanos(time.between(50_000, 3_000_000), () -> attempt(key, action, result, asked));
            return result;
        }

        private <T> void attempt(
                TableKey key,
                Function<SimulatedTables, CompletionStage<T>> action,
                CompletableFuture<T> result,
                long asked) {
            if (!node.isAlive()) {
                return;
            }
            boolean tooLong = time.nanos() - asked > 20_000_000_000L;
            if (isBlocked(node, key) && !tooLong) {
                time.after(200, 600, () -> attempt(key, action, result, asked));
                return;
            }
            boolean fails = tooLong || time.chance(FAILURE);
            CompletableFuture<T> done = fails && time.chance(0.5)
                    ? null
                    : action.apply(sideOf(node).data).toCompletableFuture();
            time.afterNanos(time.between(50_000, 3_000_000), () -> {
                if (fails || done == null) {
                    result.completeExceptionally(new IllegalStateException("the member is gone"));
                } else {
                    result.complete(done.join());
                }
            });
        }
    }
}
