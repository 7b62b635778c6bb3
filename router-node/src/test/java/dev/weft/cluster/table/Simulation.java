package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.broker.Subscription;
import dev.weft.dealer.CalleeEntry;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A cluster whose nodes come, go, freeze and lose each other while their clients subscribe and register, all drawn from
 * one seed: what is promised is checked at each step; then everything heals, and after a while of quiet every table of
 * every node must say exactly what is held.
 */
final class Simulation {
    private static final String REALM = "realm1";
    private static final int TOPICS = 2;
    private static final long TROUBLE_MILLIS = 45_000;
    private static final long QUIET_MILLIS = 45_000;
    /** A node that was frozen for so long takes its links down when it wakes. */
    private static final long FROZEN_TOO_LONG = 3_000;

    private final SimulatedTime time;
    private final Random random;
    private final SimulatedNode[] slots = new SimulatedNode[SimulatedLinks.SLOTS];
    private final SimulatedHazelcast hazelcast;
    private final SimulatedLinks links;
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final Set<NodeId> dead = new HashSet<>();
    private final int size;
    private long epochs;
    private long sessions;
    private boolean quiet;
    long revocations;
    long conflicts;
    long purges;
    long renewals;

    Simulation(long seed) {
        random = new Random(seed);
        time = new SimulatedTime(random);
        hazelcast = new SimulatedHazelcast(time);
        links = new SimulatedLinks(time, slots);
        hazelcast.over(links);
        size = random.nextInt(4) > 0 ? 3 + random.nextInt(2) : 5 + random.nextInt(3);
    }

    double seconds() {
        return time.seconds();
    }

    SimulatedLinks links() {
        return links;
    }

    List<SimulatedClient> clients() {
        return clients;
    }

    List<SimulatedNode> nodes() {
        List<SimulatedNode> nodes = new ArrayList<>();
        for (SimulatedNode node : slots) {
            if (node != null && node.isAlive()) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    Map<CalleeEntry, Boolean> calleesAt(SimulatedNode node, TableKey key) {
        return node.realms.tables(REALM).registrations().known(key.match(), key.uri());
    }

    Set<Lane> lanesFor(SimulatedNode node, TableKey key) {
        Subscription subscription = node.realms.tables(REALM).subscriptions().find(key.match(), key.uri());
        return subscription == null ? Set.of() : subscription.everyLane();
    }

    /** Whether both are linked and have told each other all that they held. */
    boolean areInStep(SimulatedNode one, SimulatedNode other) {
        SimulatedLinks.End here = links.end(one, other);
        SimulatedLinks.End there = links.end(other, one);
        return one == other || (here != null && here.known && there != null && there.known);
    }

    void run() {
        for (int slot = 0; slot < size; slot++) {
            start(slot);
        }
        time.runFor(5_000);
        later(150, this::someClientChanges);
        later(3_000, this::somethingHappens);
        later(2_000, this::checkRoutes);
        time.runFor(TROUBLE_MILLIS);
        Set<TableKey> heldSingles = heal();
        time.runFor(QUIET_MILLIS);
        checkAll(heldSingles);
        for (SimulatedNode node : nodes()) {
            revocations += node.owner.counters().revocations();
            conflicts += node.owner.counters().conflicts();
            purges += node.owner.counters().purges();
            renewals += node.owner.counters().renewals();
        }
    }

    /** Again and again, on the average after {@code millis}, until it is quiet. */
    private void later(long millis, Runnable action) {
        time.after(1, 2 * millis, () -> {
            if (!quiet) {
                action.run();
                later(millis, action);
            }
        });
    }

    private void start(int slot) {
        SimulatedNode node = new SimulatedNode(new NodeId("node" + slot, ++epochs), slot, hazelcast, time);
        slots[slot] = node;
        hazelcast.join(node);
        for (LocalLane lane : node.lanes) {
            for (int topic = 0; topic < TOPICS; topic++) {
                clients.add(new SimulatedClient(this, node, lane, key("topic" + topic), null));
            }
        }
        addRegistering(node, "single.one", InvocationPolicy.SINGLE);
        addRegistering(node, "single.two", InvocationPolicy.SINGLE);
        addRegistering(node, "shared", InvocationPolicy.ROUNDROBIN);
        addRegistering(node, "shared", InvocationPolicy.ROUNDROBIN);
        addRegistering(node, "any", InvocationPolicy.values()[random.nextInt(InvocationPolicy.values().length)]);
    }

    private void addRegistering(SimulatedNode node, String procedure, InvocationPolicy invoke) {
        TableKey key = key(procedure);
        CalleeClaim claim = new CalleeClaim(REALM, key.match(), key.uri(), invoke, ++sessions);
        LocalLane lane = node.lanes.get(random.nextInt(SimulatedNode.LOOPS));
        clients.add(new SimulatedClient(this, node, lane, key, claim));
    }

    private static TableKey key(String uri) {
        return new TableKey(REALM, MatchPolicy.EXACT, uri);
    }

    private void someClientChanges() {
        SimulatedClient client = clients.get(random.nextInt(clients.size()));
        if (client.node.isReady()) {
            client.change();
        }
    }

    private void somethingHappens() {
        SimulatedNode node = slots[random.nextInt(size)];
        switch (random.nextInt(8)) {
            case 0 -> part(bits());
            case 1, 2 -> cut(random.nextInt(size), random.nextInt(size), random.nextBoolean());
            case 3 -> part(1 << random.nextInt(size));
            case 4 -> freeze(node);
            case 5 -> kill(node);
            case 6 -> links.flap(random.nextInt(size), random.nextInt(size));
            default ->
                clients.stream()
                        .filter(client -> client.node == node && node.isReady())
                        .forEach(SimulatedClient::leave);
        }
    }

    private int bits() {
        return 1 + random.nextInt((1 << size) - 2);
    }

    /** Nobody of those in {@code group} reaches anybody else for some time. */
    private void part(int group) {
        for (int one = 0; one < size; one++) {
            for (int other = 0; other < size; other++) {
                if ((group >> one & 1) != 0 && (group >> other & 1) == 0) {
                    cut(one, other, false);
                }
            }
        }
    }

    private void cut(int one, int other, boolean oneWay) {
        if (one == other) {
            return;
        }
        links.cut(one, other);
        if (!oneWay) {
            links.cut(other, one);
        }
        hazelcast.disturbed();
        time.after(300, 20_000, () -> {
            links.heal(one, other);
            links.heal(other, one);
        });
    }

    private void freeze(SimulatedNode node) {
        if (node == null || !node.runs()) {
            return;
        }
        node.freeze();
        links.frozen(node);
        hazelcast.disturbed();
        long since = time.nanos();
        time.after(100, 12_000, () -> {
            if (node.isAlive()) {
                thaw(node, time.nanos() - since > FROZEN_TOO_LONG * 1_000_000);
            }
        });
    }

    private void thaw(SimulatedNode node, boolean tooLong) {
        if (node.isFrozen()) {
            node.thaw();
            links.thaws(node, tooLong);
        }
    }

    private void kill(SimulatedNode node) {
        if (node == null || !node.isAlive() || nodes().size() < 3) {
            return;
        }
        node.kill();
        dead.add(node.id);
        links.killed(node);
        hazelcast.killed();
        clients.removeIf(client -> client.node == node);
        time.after(500, 10_000, () -> start(node.slot));
    }

    /** Every node that sees the same callees calls the same ones. */
    private void checkRoutes() {
        for (String procedure : List.of("single.one", "single.two", "any", "shared")) {
            Map<Set<Object>, List<Long>> called = new HashMap<>();
            for (SimulatedNode node : nodes()) {
                Set<Object> known = new HashSet<>();
                List<Long> routed = new ArrayList<>();
                calleesAt(node, key(procedure)).forEach((callee, isCalled) -> {
                    known.add(List.of(callee.session(), callee.order(), callee.term()));
                    if (isCalled) {
                        routed.add(callee.session());
                    }
                });
                List<Long> elsewhere = called.putIfAbsent(known, routed);
                assertThat(routed)
                        .as("who is called for %s at %s", procedure, node)
                        .isEqualTo(elsewhere == null ? routed : elsewhere);
            }
        }
    }

    /** Ends all trouble. Returns the `single` procedures that somebody holds and nobody is about to give back. */
    private Set<TableKey> heal() {
        quiet = true;
        for (int one = 0; one < size; one++) {
            for (int other = 0; other < size; other++) {
                links.heal(one, other);
            }
        }
        for (SimulatedNode node : nodes()) {
            thaw(node, true);
        }
        Set<TableKey> held = new HashSet<>();
        clients.stream()
                .filter(SimulatedClient::isSingle)
                .filter(SimulatedClient::isHeld)
                .forEach(client -> held.add(client.key));
        clients.stream().filter(client -> !client.isSettled()).forEach(client -> held.remove(client.key));
        held.remove(key("any"));
        return held;
    }

    private void checkAll(Set<TableKey> heldSingles) {
        assertThat(hazelcast.sides()).as("sides of a split").hasSize(1);
        SimulatedTables stored = hazelcast.sides().get(0).data;
        Set<NodeId> live = new HashSet<>();
        nodes().forEach(node -> live.add(node.id));
        assertThat(live).as("owners in the store").containsAll(stored.owners());
        Set<TableKey> keys = new LinkedHashSet<>();
        for (SimulatedClient client : clients) {
            client.assertThatItIsAnswered();
            keys.add(client.key);
        }
        for (SimulatedNode node : nodes()) {
            assertThat(node.isReady()).as("%s is ready", node).isTrue();
        }
        for (TableKey key : keys) {
            List<SimulatedClient> held = clients.stream()
                    .filter(client -> client.isHeld() && client.key.equals(key))
                    .toList();
            assertStoreIsRight(stored, key, held);
            for (SimulatedNode node : nodes()) {
                assertMirrorIsRight(node, stored, key, held);
            }
            if (heldSingles.contains(key)) {
                assertThat(held).as("holders of %s", key).hasSize(1);
            }
        }
        checkRoutes();
    }

    private static void assertStoreIsRight(SimulatedTables stored, TableKey key, List<SimulatedClient> held) {
        InterestHolders interest = stored.interest.get(key);
        CalleeRoster roster = stored.callees.get(key);
        Set<Object> wanted = new HashSet<>();
        Set<Object> found = new HashSet<>();
        held.forEach(client -> wanted.add(client.claim == null ? client.node.id : client.claim.session()));
        if (interest != null) {
            interest.holders().forEach(holder -> found.add(holder.node()));
        }
        if (roster != null) {
            roster.callees().forEach(callee -> found.add(callee.session()));
        }
        assertThat(found).as("%s in the store", key).isEqualTo(wanted);
    }

    private void assertMirrorIsRight(
            SimulatedNode node, SimulatedTables stored, TableKey key, List<SimulatedClient> held) {
        Set<Lane> lanes = new HashSet<>();
        Set<Long> callees = new HashSet<>();
        for (SimulatedClient client : held) {
            if (client.claim != null) {
                callees.add(client.claim.session());
            } else if (client.node == node) {
                lanes.add(client.lane());
            } else {
                SimulatedLinks.End end = links.end(node, client.node);
                assertThat(end).as("link of %s to %s", node, client.node).isNotNull();
                lanes.add(end.lane);
            }
        }
        assertThat(lanesFor(node, key)).as("%s at %s", key, node).isEqualTo(lanes);
        CalleeRoster roster = stored.callees.get(key);
        Set<Long> seen = new HashSet<>();
        calleesAt(node, key).forEach((callee, called) -> {
            assertThat(called).as("%s of %s is called by %s", callee, key, node).isTrue();
            assertThat(roster.registration()).as("id of %s", key).isEqualTo(callee.registration());
            assertThat(roster.callees())
                    .as("place and term of %s of %s at %s", callee, key, node)
                    .anyMatch(one -> one.session() == callee.session()
                            && one.order() == callee.order()
                            && one.term() == callee.term());
            seen.add(callee.session());
        });
        assertThat(seen).as("callees of %s at %s", key, node).isEqualTo(callees);
    }
}
