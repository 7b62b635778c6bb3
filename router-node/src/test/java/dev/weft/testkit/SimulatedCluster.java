package dev.weft.testkit;

import dev.weft.auth.RealmAuthentication;
import dev.weft.broker.Broker;
import dev.weft.cluster.bridge.LinkInbound;
import dev.weft.dealer.CalleeEntry;
import dev.weft.dealer.Dealer;
import dev.weft.dealer.DealerTally;
import dev.weft.dealer.InvocationTally;
import dev.weft.dealer.Invocations;
import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.link.RoutedMessage;
import dev.weft.meta.MetaAccess;
import dev.weft.realm.LoopDisclosure;
import dev.weft.realm.LoopRealm;
import dev.weft.realm.LoopRealms;
import dev.weft.realm.RealmDisclosure;
import dev.weft.realm.RealmRegistry;
import dev.weft.realm.RealmSettings;
import dev.weft.session.DisclosurePolicy;
import dev.weft.session.GlobalIds;
import dev.weft.session.LoopSessions;
import dev.weft.session.SessionHandshake;
import dev.weft.session.SessionLimits;
import dev.weft.wamp.Hello;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Two nodes of several event loops each, joined by a link, without a socket or a thread: sessions, broker and dealer are
 * the real ones; interest in a topic is decided one after the other and then known to both nodes at once. What runs
 * next is drawn from a seed.
 */
public final class SimulatedCluster {
    public static final String REALM = "realm1";
    public static final String REVOKED = "an older one was found";

    private final Random random;
    private final DisclosurePolicy disclosure;
    private final SimulatedLoop.Clock clock = new SimulatedLoop.Clock();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Long> ids = new HashMap<>();
    private long lastId;
    private long order;

    public SimulatedCluster(Random random, int loops, SessionLimits limits) {
        this(random, loops, limits, RealmDisclosure.PLAIN);
    }

    public SimulatedCluster(Random random, int loops, SessionLimits limits, DisclosurePolicy disclosure) {
        this.random = random;
        this.disclosure = disclosure;
        for (int i = 0; i < 2; i++) {
            nodes.add(new Node(loops, limits));
        }
        nodes.get(0).link = new Link(nodes.get(1));
        nodes.get(1).link = new Link(nodes.get(0));
    }

    /** Opens a session that has been welcomed. */
    public RecordingConnection join(int node, int loop, SerializerId serializer) {
        return join(node, loop, serializer, Map.of());
    }

    /** @param features of the client in every role */
    public RecordingConnection join(int node, int loop, SerializerId serializer, Map<String, Object> features) {
        RecordingConnection connection = connect(node, loop, serializer);
        Map<String, Object> roles = Map.of(
                "publisher", Map.of("features", features),
                "subscriber", Map.of("features", features),
                "caller", Map.of("features", features),
                "callee", Map.of("features", features));
        on(connection, () -> connection.says(new Hello(REALM, Map.of("roles", roles))));
        connection.received().clear();
        return connection;
    }

    /** Opens a connection that has said nothing yet. */
    public RecordingConnection connect(int node, int loop, SerializerId serializer) {
        Node at = nodes.get(node);
        RecordingConnection connection = new RecordingConnection(at.lanes.get(loop), serializer);
        LoopSessions sessions = at.sessions.get(loop);
        at.loops.get(loop).within(() -> connection.listener(sessions.accept(connection)));
        return connection;
    }

    /** All connections of one event loop. */
    public LoopSessions sessions(int node, int loop) {
        return nodes.get(node).sessions.get(loop);
    }

    /** The node is about to leave, and both know. */
    public void leaving(int node) {
        nodes.get(node).lanes.forEach(LocalLane::leaving);
        nodes.get(1 - node).link.draining = true;
    }

    /** What the callees' halves of the dealer have counted, on both nodes. */
    public long tally(InvocationTally what) {
        return nodes.stream()
                .flatMap(node -> node.realms.stream())
                .mapToLong(loop ->
                        ((LoopRealm) loop.find(REALM)).invocations().tallies().get(what))
                .sum();
    }

    /** What the callers' halves have counted, on both nodes. */
    public long tally(DealerTally what) {
        return nodes.stream()
                .flatMap(node -> node.realms.stream())
                .mapToLong(loop -> ((LoopRealm) loop.find(REALM))
                        .dealer()
                        .counters()
                        .tallies()
                        .get(what))
                .sum();
    }

    public long nanoTime() {
        return clock.nanoTime();
    }

    /** Takes from the clients of a node what they have subscribed to and registered: all, or the oldest. */
    public void revoke(int node, boolean all) {
        List<Runnable> revocable = List.copyOf(nodes.get(node).revocable.values());
        revocable.stream().limit(all ? revocable.size() : 1).forEach(Runnable::run);
    }

    /** Runs {@code action} on the event loop of the connection, as if its bytes had come. */
    public void on(RecordingConnection connection, Runnable action) {
        for (Node node : nodes) {
            int loop = node.lanes.indexOf(connection.lane());
            if (loop >= 0) {
                node.loops.get(loop).within(action);
            }
        }
    }

    /** Runs one thing that is waiting, drawn at random; false if nothing waits. */
    public boolean step() {
        List<BooleanSupplier> ready = new ArrayList<>();
        for (Node node : nodes) {
            node.loops.forEach(loop -> ready.add(loop::step));
            ready.add(node.link::deliver);
            ready.add(node::control);
        }
        Collections.shuffle(ready, random);
        return ready.stream().anyMatch(BooleanSupplier::getAsBoolean);
    }

    public void settle() {
        boolean ran;
        do {
            ran = false;
            for (Node node : nodes) {
                for (SimulatedLoop loop : node.loops) {
                    while (loop.step()) {
                        ran = true;
                    }
                }
                while (node.link.deliver()) {
                    ran = true;
                }
                while (node.control()) {
                    ran = true;
                }
            }
        } while (ran);
    }

    public void advance(long millis) {
        clock.advance(millis);
    }

    /** The link breaks: what is on it is lost, and both nodes drop what is behind it. */
    public void cutLink() {
        for (Node node : nodes) {
            node.link.queue.clear();
            node.link.cut = true;
        }
        for (Node node : nodes) {
            node.registry.tables(REALM).subscriptions().removeAll(node.link, (match, uri) -> {});
            node.registry.tables(REALM).registrations().removeAll(node.link, (match, uri) -> {});
            node.lanes.forEach(lane -> lane.laneDown(node.link));
        }
    }

    private record Hop(RoutedMessage message) {}

    /** The way from the node that owns it to {@code to}. */
    private static final class Link implements Lane {
        private final Node to;
        private final Queue<Hop> queue = new ArrayDeque<>();
        private boolean cut;
        private boolean draining;

        Link(Node to) {
            this.to = to;
        }

        @Override
        public void send(RoutedMessage message, Lane from) {
            if (!cut) {
                queue.add(new Hop(message.keep()));
            }
        }

        boolean deliver() {
            Hop hop = queue.poll();
            if (hop == null) {
                return false;
            }
            to.loops.get(0).within(() -> to.inbound.receive(hop.message(), to.link));
            return true;
        }

        @Override
        public boolean isCongested() {
            return false;
        }

        @Override
        public boolean isDraining() {
            return draining;
        }

        @Override
        public String name() {
            return "link";
        }
    }

    private final class Node implements TableDirectory {
        private final List<LoopSessions> sessions = new ArrayList<>();
        private final List<SimulatedLoop> loops = new ArrayList<>();
        private final List<LocalLane> lanes = new ArrayList<>();
        private final List<LoopRealms> realms = new ArrayList<>();
        private final RealmRegistry registry = new RealmRegistry(Map.of(), InstantSource.fixed(Instant.EPOCH));
        private final LinkInbound inbound;
        private Link link;

        Node(int count, SessionLimits limits) {
            for (int i = 0; i < count; i++) {
                SimulatedLoop loop = new SimulatedLoop(clock);
                LoopRealms here = new LoopRealms();
                LocalLane lane = new LocalLane(i, loop, here);
                here.add(new LoopRealm(
                        new RealmSettings(
                                REALM,
                                RealmAuthentication.open("anonymous"),
                                false,
                                true,
                                MetaAccess.OFF,
                                new LoopDisclosure(disclosure)),
                        new Broker(
                                REALM,
                                lane,
                                registry.tables(REALM).subscriptions(),
                                this,
                                limits,
                                new NothingKept(),
                                disclosure),
                        new Dealer(REALM, lane, registry.tables(REALM).registrations(), limits, disclosure),
                        new Invocations(REALM, lane, registry.tables(REALM).registrations(), this, limits, disclosure),
                        MetaApis.on(lane, REALM, MetaAccess.OFF, registry.tables(REALM), new UntoldSessions()),
                        OpenRoles.rules()));
                loops.add(loop);
                lanes.add(lane);
                realms.add(here);
                sessions.add(new LoopSessions(
                        here, new SessionHandshake(new GlobalIds(), "test"), new UntoldSessions(), limits));
            }
            inbound = new LinkInbound(lanes, registry);
        }

        /** How what is held here is taken back, by what it is. */
        private final Map<Object, Runnable> revocable = new LinkedHashMap<>();

        /** What waits to be decided by the tables, in order. */
        private final Queue<Runnable> asked = new ArrayDeque<>();

        boolean control() {
            Runnable next = asked.poll();
            if (next != null) {
                next.run();
            }
            return next != null;
        }

        private Lane laneFrom(Node other, LocalLane lane) {
            return other == this ? lane : other.link;
        }

        private boolean reaches(Node other) {
            return other == this || !link.cut;
        }

        @Override
        public void addInterest(
                String realm, MatchPolicy match, String topic, LocalLane lane, Consumer<TableAnswer> answer) {
            asked.add(() -> {
                long id = ids.computeIfAbsent(match + " " + topic, key -> ++lastId);
                for (Node node : nodes) {
                    if (reaches(node)) {
                        node.registry.tables(realm).subscriptions().add(match, topic, id, laneFrom(node, lane));
                    }
                }
                held.merge(match + " " + topic, 1, Integer::sum);
                revocable.put(List.of(match, topic, lane), () -> {
                    removeInterest(realm, match, topic, lane, () -> {});
                    lane.run(() -> answer.accept(new TableAnswer.Revoked(id, REVOKED)));
                });
                lane.run(() -> answer.accept(new TableAnswer.Granted(id)));
            });
        }

        private final Map<String, Integer> held = new HashMap<>();

        @Override
        public void removeInterest(String realm, MatchPolicy match, String topic, LocalLane lane, Runnable done) {
            revocable.remove(List.of(match, topic, lane));
            asked.add(() -> {
                int left = held.merge(match + " " + topic, -1, Integer::sum);
                for (Node node : nodes) {
                    if (node == this || left == 0) {
                        node.registry.tables(realm).subscriptions().remove(match, topic, laneFrom(node, lane));
                    }
                }
                lane.run(done);
            });
        }

        private final Map<String, Long> singles = new HashMap<>();

        @Override
        public void addCallee(CalleeClaim claim, LocalLane lane, Consumer<TableAnswer> answer) {
            String key = claim.match() + " " + claim.procedure();
            boolean taken = nodes.stream().anyMatch(node -> node.singles.containsKey(key));
            if (taken && claim.invoke() == InvocationPolicy.SINGLE) {
                lane.run(() -> answer.accept(
                        new TableAnswer.Refused(WampError.PROCEDURE_ALREADY_EXISTS, "registered already")));
                return;
            }
            long id = ids.computeIfAbsent(key, unused -> ++lastId);
            singles.put(key, claim.session());
            order++;
            for (Node node : nodes) {
                if (reaches(node)) {
                    CalleeEntry entry = new CalleeEntry(
                            claim.session(),
                            new NodeId("node", nodes.indexOf(this)),
                            laneFrom(node, lane),
                            lane.index(),
                            id,
                            order,
                            1,
                            claim.invoke(),
                            claim.traits());
                    node.registry.tables(claim.realm()).registrations().add(claim.match(), claim.procedure(), entry);
                }
            }
            revocable.put(claim, () -> {
                removeCallee(claim, id, lane, () -> {});
                lane.run(() -> answer.accept(new TableAnswer.Revoked(id, REVOKED)));
            });
            lane.run(() -> answer.accept(new TableAnswer.Granted(id)));
        }

        @Override
        public void removeCallee(CalleeClaim claim, long registration, LocalLane lane, Runnable done) {
            revocable.remove(claim);
            singles.remove(claim.match() + " " + claim.procedure());
            for (Node node : nodes) {
                // The other node learns of it late or never in this simulation: calls meet stale entries there.
                if (node == this || random.nextBoolean()) {
                    node.registry
                            .tables(claim.realm())
                            .registrations()
                            .remove(claim.match(), claim.procedure(), claim.session(), laneFrom(node, lane));
                }
            }
            lane.run(done);
        }
    }
}
