package dev.weft.testkit;

import dev.weft.auth.RealmAuthentication;
import dev.weft.broker.Broker;
import dev.weft.cluster.bridge.LinkInbound;
import dev.weft.cluster.bridge.TableMirror;
import dev.weft.cluster.table.ControlThread;
import dev.weft.cluster.table.EventHistories;
import dev.weft.cluster.table.HistoryBounds;
import dev.weft.cluster.table.LocalTableStore;
import dev.weft.cluster.table.RetainLimits;
import dev.weft.cluster.table.Retention;
import dev.weft.cluster.table.TableOwner;
import dev.weft.cluster.table.TableSettings;
import dev.weft.dealer.Dealer;
import dev.weft.dealer.Invocations;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.meta.MetaAccess;
import dev.weft.realm.LoopDisclosure;
import dev.weft.realm.LoopRealm;
import dev.weft.realm.LoopRealms;
import dev.weft.realm.RealmDisclosure;
import dev.weft.realm.RealmRegistry;
import dev.weft.realm.RealmSettings;
import dev.weft.session.GlobalIds;
import dev.weft.session.LoopSessions;
import dev.weft.session.SessionHandshake;
import dev.weft.session.SessionLimits;
import dev.weft.wamp.Hello;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Welcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Nodes of several event loops each, fully meshed by links that can be cut, without a socket or a thread. All that
 * decides is real: sessions, broker, dealer, tables, mirrors. What runs next is drawn from a seed.
 */
public final class SimulatedNodes {
    public static final String REALM = "realm1";

    /** What the realm may retain. */
    public static final RetainLimits RETAINED = new RetainLimits(3, 10_000);

    private static final Map<String, Object> ROLES = Map.of(
            "roles", Map.of("publisher", Map.of(), "subscriber", Map.of(), "caller", Map.of(), "callee", Map.of()));

    private final Random random;
    private final SimulatedLoop.Clock clock = new SimulatedLoop.Clock();
    private final LocalTableStore store = new LocalTableStore();
    private final List<Node> nodes = new ArrayList<>();
    private final List<SimulatedLink> links = new ArrayList<>();
    private final Map<RecordingConnection, Node> homes = new HashMap<>();
    private final Storing storing = new Storing();
    private final Retention kept =
            Retention.alone(storing, InstantSource.fixed(Instant.EPOCH), Map.of(REALM, RETAINED));

    private final AtomicLong historyMillis = new AtomicLong();
    private final EventHistories histories =
            EventHistories.alone(storing, () -> Instant.ofEpochMilli(historyMillis.get()));

    public SimulatedNodes(Random random, int size, int loops, MetaAccess access) {
        this.random = random;
        for (int i = 0; i < size; i++) {
            nodes.add(new Node(new NodeId("node" + i, i), loops, access));
        }
        tellMembers();
        linkAll();
        settle();
    }

    /** Opens a session that has been welcomed, and returns once it is known everywhere. */
    public RecordingConnection join(int node, int loop, SerializerId serializer) {
        RecordingConnection connection = hello(node, loop, serializer);
        settle();
        return connection;
    }

    /** Opens a session that has been welcomed, and that nobody else knows of yet. */
    public RecordingConnection hello(int node, int loop, SerializerId serializer) {
        return hello(node, loop, serializer, ROLES);
    }

    /** The same, with features of the client as a subscriber and as a callee. */
    public RecordingConnection hello(int node, int loop, SerializerId serializer, String... features) {
        Map<String, Object> announced = new HashMap<>();
        for (String feature : features) {
            announced.put(feature, true);
        }
        Map<String, Object> role = Map.of("features", announced);
        return hello(node, loop, serializer, Map.of("roles", Map.of("subscriber", role, "callee", role)));
    }

    private RecordingConnection hello(int node, int loop, SerializerId serializer, Map<String, Object> details) {
        Node at = nodes.get(node);
        RecordingConnection connection = new RecordingConnection(at.lanes.get(loop), serializer);
        homes.put(connection, at);
        at.loops
                .get(loop)
                .within(() -> connection.listener(at.sessions.get(loop).accept(connection)));
        on(connection, () -> connection.says(new Hello(REALM, details)));
        return connection;
    }

    /** Has all nodes keep the events of a topic or pattern. Before anybody subscribes to it. */
    public void keepHistory(MatchPolicy match, String topic, HistoryBounds bounds) {
        for (Node node : nodes) {
            node.registry.tables(REALM).subscriptions().keep(match, topic, histories.of(REALM, match, topic, bounds));
        }
    }

    /** How many events have come into histories. */
    public long historyEvents() {
        return histories.counters().kept();
    }

    /** How many events were retained. */
    public long retainedEvents() {
        return kept.counters().retained();
    }

    /** What the clock of histories shows from now on, in milliseconds since 1970. */
    public void historyTime(long millis) {
        historyMillis.set(millis);
    }

    /** The id of the session that a connection was welcomed to first. */
    public static long sessionOf(RecordingConnection connection) {
        return connection.received(Welcome.class).get(0).session();
    }

    /** Runs {@code action} on the event loop of the connection, as if its bytes had come. A dead node does nothing. */
    public void on(RecordingConnection connection, Runnable action) {
        Node home = homes.get(connection);
        if (nodes.contains(home)) {
            home.loops.get(connection.lane().index()).within(action);
        }
    }

    /** The tables that all clients of a node are served by. */
    public RealmRegistry tables(int node) {
        return nodes.get(node).registry;
    }

    public int size() {
        return nodes.size();
    }

    /** Runs one thing that is waiting, drawn at random; false if nothing waits. */
    public boolean step() {
        List<BooleanSupplier> ready = new ArrayList<>();
        for (Node node : nodes) {
            node.loops.forEach(loop -> ready.add(loop::step));
            ready.add(node::control);
            ready.add(storing::step);
        }
        links.forEach(link -> ready.add(link::step));
        Collections.shuffle(ready, random);
        return ready.stream().anyMatch(BooleanSupplier::getAsBoolean);
    }

    /** Lets the alarms of event loops go off that are due in this time. */
    public void advance(long millis) {
        clock.advance(millis);
    }

    /** Runs all that is waiting, and all that comes of it. */
    public void settle() {
        while (step()) {
            continue;
        }
    }

    /** The links between two nodes break: what is on its way is lost. */
    public void cut(int one, int other) {
        cut(nodes.get(one), nodes.get(other), "connection-lost");
    }

    private void cut(Node one, Node other, String reason) {
        for (SimulatedLink link : List.copyOf(links)) {
            if (link.isFrom(one.id, other.id) || link.isFrom(other.id, one.id)) {
                links.remove(link);
                link.cut(reason);
            }
        }
    }

    /** Links all nodes that are not. */
    public void linkAll() {
        for (Node one : nodes) {
            for (Node other : nodes) {
                if (one.id.compareTo(other.id) < 0 && links.stream().noneMatch(link -> link.isFrom(one.id, other.id))) {
                    SimulatedLink there = new SimulatedLink(one.end(), other.end());
                    SimulatedLink back = new SimulatedLink(other.end(), one.end());
                    SimulatedLink.join(there, back);
                    links.add(there);
                    links.add(back);
                }
            }
        }
    }

    /** The node is gone from one moment to the next, and with it all its connections. The others count on without it. */
    public void kill(int node) {
        Node dead = nodes.remove(node);
        for (SimulatedLink link : List.copyOf(links)) {
            if (link.touches(dead.id)) {
                links.remove(link);
                if (!link.isOf(dead.id)) {
                    link.cut("connection-lost");
                }
            }
        }
        tellMembers();
    }

    private void tellMembers() {
        List<NodeId> members = nodes.stream().map(node -> node.id).toList();
        nodes.forEach(node -> node.owner.members(members));
    }

    /** What all nodes keep in one place. */
    private static final class Storing implements ControlThread {
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        private boolean step() {
            Runnable next = tasks.poll();
            if (next != null) {
                next.run();
            }
            return next != null;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void later(Duration delay, Runnable task) {
            // Time stands still.
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    }

    private final class Node implements ControlThread {
        private final NodeId id;
        private final List<SimulatedLoop> loops = new ArrayList<>();
        private final List<LocalLane> lanes = new ArrayList<>();
        private final List<LoopSessions> sessions = new ArrayList<>();
        private final RealmRegistry registry;
        private final TableMirror mirror;
        private final TableOwner owner;
        private final LinkInbound inbound;
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        Node(NodeId id, int count, MetaAccess access) {
            this.id = id;
            registry = new RealmRegistry(Map.of(REALM, access), InstantSource.fixed(Instant.EPOCH));
            registry.keptBy(kept);
            mirror = new TableMirror(registry);
            owner = new TableOwner(id, store, mirror, this, TableSettings.DEFAULT);
            for (int i = 0; i < count; i++) {
                furnish(i, access);
            }
            inbound = new LinkInbound(lanes, registry);
        }

        private void furnish(int index, MetaAccess access) {
            SimulatedLoop loop = new SimulatedLoop(clock);
            LoopRealms realms = new LoopRealms();
            LocalLane lane = new LocalLane(index, loop, realms);
            SessionLimits limits = SessionLimits.DEFAULT;
            realms.add(new LoopRealm(
                    new RealmSettings(
                            REALM,
                            RealmAuthentication.open("anonymous"),
                            false,
                            true,
                            access,
                            new LoopDisclosure(RealmDisclosure.PLAIN)),
                    new Broker(
                            REALM,
                            lane,
                            registry.tables(REALM).subscriptions(),
                            owner,
                            limits,
                            kept,
                            RealmDisclosure.PLAIN),
                    new Dealer(REALM, lane, registry.tables(REALM).registrations(), limits, RealmDisclosure.PLAIN),
                    new Invocations(
                            REALM, lane, registry.tables(REALM).registrations(), owner, limits, RealmDisclosure.PLAIN),
                    MetaApis.on(lane, REALM, access, registry.tables(REALM), owner.sessions()),
                    OpenRoles.rules()));
            loops.add(loop);
            lanes.add(lane);
            sessions.add(
                    new LoopSessions(realms, new SessionHandshake(new GlobalIds(), "test"), owner.sessions(), limits));
        }

        private SimulatedLink.End end() {
            return new SimulatedLink.End(id, owner, mirror, inbound, lanes, loops.get(0));
        }

        private boolean control() {
            Runnable next = tasks.poll();
            if (next != null) {
                next.run();
            }
            return next != null;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void later(Duration delay, Runnable task) {
            // Time stands still: no request is given up here.
        }
    }
}
