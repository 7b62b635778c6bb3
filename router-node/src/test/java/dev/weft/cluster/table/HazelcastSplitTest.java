package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.cluster.bridge.TableMirror;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.MembershipObserver;
import dev.weft.config.HostPort;
import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.link.NodeState;
import dev.weft.link.TableChange;
import dev.weft.realm.RealmRegistry;
import dev.weft.testkit.TestLanes;
import dev.weft.testkit.TestLanes.ToNode;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two real members that lose each other's bytes for a while, with the real tables on each side. */
@Tag("cluster")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class HazelcastSplitTest {
    private static final int EACH = 2_500;
    private static final int CONTESTED = 50;
    private static final TableKey HISTORY = new TableKey("realm1", MatchPolicy.EXACT, "com.example.news");
    private static final Duration TABLES_WHOLE = Duration.ofSeconds(10);
    private static final Duration MIRRORS_AGREE = Duration.ofSeconds(2);

    /** Beside other tests, which have the processors as well. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void tenThousandEntriesAreWholeAfterASplitIsHealed() throws Exception {
        splitAndHeal(PATIENCE, PATIENCE);
    }

    @Test
    @Tag("alone")
    void tenThousandEntriesAreWholeTenSecondsAfterASplitIsHealed() throws Exception {
        splitAndHeal(MIRRORS_AGREE, TABLES_WHOLE);
    }

    private void splitAndHeal(Duration mirrorsAgree, Duration tablesWhole) throws Exception {
        SplitMembers both = new SplitMembers();
        open.add(both);
        Node a = new Node("a", both);
        Node b = new Node("b", both);
        await().atMost(Duration.ofSeconds(30)).until(() -> a.members.size() == 2 && b.members.size() == 2);
        link(a, b);
        fill(a, b);

        both.split();
        links.forEach(Link::down);
        await().atMost(Duration.ofSeconds(20)).until(() -> a.members.size() == 1 && b.members.size() == 1);
        goTheirOwnWays(a, b);
        assertThat(a.held).contains("procedure of.both.1", "procedure of.b.1").doesNotContain("topic topic.200");
        assertThat(b.held).contains("procedure of.both.1", "procedure of.b.1");

        both.heal();
        link(a, b);
        long healed = System.nanoTime();
        await().atMost(mirrorsAgree).until(() -> a.revoked.size() + b.revoked.size() == 2 * CONTESTED);
        Duration agreed = Duration.ofNanos(System.nanoTime() - healed);
        for (int i = 0; i < CONTESTED; i++) {
            assertThat(b.held).as("the older one stays").contains("procedure of.b." + i);
            assertThat(a.held).doesNotContain("procedure of.b." + i);
        }
        // Both sides found one node dead, so that they granted in the same term: the smaller node is the winner.
        assertThat(a.held).contains("procedure of.both.1");
        await().pollInterval(Duration.ofMillis(250))
                .atMost(PATIENCE)
                .until(() -> stored(a).equals(expected(a, b)));
        Duration whole = Duration.ofNanos(System.nanoTime() - healed);
        System.out.printf(
                "split healed: %d conflicts settled after %d ms, %d entries in Hazelcast whole after %d ms%n",
                2 * CONTESTED, agreed.toMillis(), expected(a, b).size(), whole.toMillis());
        assertThat(whole).isLessThan(tablesWhole);
        theyHaveTheSame(a, b);
    }

    private static void theyHaveTheSame(Node a, Node b) throws Exception {
        assertThat(stored(b)).isEqualTo(expected(a, b));
        await().until(() -> a.kept().size() == 6);
        assertHistoryIsWhole(a, b);
    }

    private static void assertHistoryIsWhole(Node a, Node b) {
        assertThat(a.kept())
                .isEqualTo(b.kept())
                .startsWith(1L, 2L)
                .containsSubsequence(3L, 4L)
                .containsSubsequence(5L, 6L);
    }

    /** Entries of both, of the same number each. */
    private static void fill(Node a, Node b) throws Exception {
        for (int i = 0; i < EACH; i++) {
            a.subscribe("topic." + i);
            b.subscribe("topic." + (i + 100));
            a.register("of.a." + i);
            b.register("of.b." + i);
        }
        a.settle();
        b.settle();
        assertThat(a.held.size() + b.held.size()).isEqualTo(4 * EACH);
        a.keep(1, 2);
    }

    private static void goTheirOwnWays(Node a, Node b) throws Exception {
        for (int i = 0; i < CONTESTED; i++) {
            a.register("of.both." + i);
            b.register("of.both." + i);
            a.register("of.b." + i);
            a.unsubscribe("topic." + (200 + i));
            b.subscribe("topic.new." + i);
        }
        a.keep(3, 4);
        b.keep(5, 6);
        a.settle();
        b.settle();
    }

    private static Set<String> expected(Node... nodes) {
        Set<String> expected = new HashSet<>();
        for (Node node : nodes) {
            node.held.forEach(one -> expected.add(node.id + " " + one));
        }
        return expected;
    }

    private static Set<String> stored(Node node) {
        Set<String> stored = new HashSet<>();
        Map<TableKey, InterestHolders> interest = node.membership.hazelcast().getMap(HazelcastTables.INTEREST);
        interest.forEach((key, holders) ->
                holders.holders().forEach(holder -> stored.add(holder.node() + " topic " + key.uri())));
        Map<TableKey, CalleeRoster> callees = node.membership.hazelcast().getMap(HazelcastTables.CALLEES);
        callees.forEach((key, roster) ->
                roster.callees().forEach(callee -> stored.add(callee.node() + " procedure " + key.uri())));
        return stored;
    }

    private void link(Node a, Node b) {
        links.clear();
        links.add(new Link(a, b));
        links.add(new Link(b, a));
        links.forEach(Link::up);
    }

    /** One direction of a link that works at once. */
    private static final class Link implements Peer {
        private final Node from;
        private final Node to;
        private final ToNode lane;
        private volatile boolean down;

        private Link(Node from, Node to) {
            this.from = from;
            this.to = to;
            this.lane = new ToNode(from.id + " " + System.nanoTime());
        }

        private void up() {
            from.owner.linkUp(this, () -> {});
        }

        private void down() {
            down = true;
            to.mirror.laneDown(lane);
            from.owner.linkDown(this);
        }

        @Override
        public NodeId node() {
            return to.id;
        }

        @Override
        public void tell(TableChange change, @Nullable Runnable acknowledged) {
            if (down) {
                return;
            }
            TableChanges.apply(change, from.id, lane, to.mirror);
            if (change instanceof NodeState state) {
                to.owner.heard(state);
            }
            if (acknowledged != null) {
                acknowledged.run();
            }
        }

        @Override
        public void fence() {
            throw new AssertionError("everything is acknowledged at once");
        }
    }

    private final class Node implements MembershipObserver {
        private final NodeId id;
        private final TableMirror mirror =
                new TableMirror(new RealmRegistry(Map.of(), InstantSource.fixed(Instant.EPOCH)));
        private final LocalLane lane = TestLanes.local(0);
        private final HazelcastMembership membership;
        private final TableOwner owner;
        private final Set<String> held = ConcurrentHashMap.newKeySet();
        private final Set<String> revoked = ConcurrentHashMap.newKeySet();
        private final List<CompletableFuture<Void>> asked = new ArrayList<>();
        private volatile Set<NodeId> members = Set.of();
        private long sessions;

        private Node(String name, SplitMembers both) throws IOException {
            id = new NodeId(name, 1);
            membership = both.join(id);
            HazelcastTableStore store = new HazelcastTableStore(membership);
            open.add(store);
            TableThread control = new TableThread("tables of " + name);
            open.add(control);
            owner = new TableOwner(id, store, mirror, control, TableSettings.DEFAULT);
            membership.watch(control, this);
        }

        private void subscribe(String topic) {
            ask(done -> owner.addInterest(
                    "realm1", MatchPolicy.EXACT, topic, lane, answer -> answered("topic " + topic, answer, done)));
        }

        private void unsubscribe(String topic) {
            ask(done -> owner.removeInterest("realm1", MatchPolicy.EXACT, topic, lane, () -> {
                held.remove("topic " + topic);
                done.complete(null);
            }));
        }

        private void register(String procedure) {
            CalleeClaim claim =
                    new CalleeClaim("realm1", MatchPolicy.EXACT, procedure, InvocationPolicy.SINGLE, ++sessions);
            ask(done -> owner.addCallee(claim, lane, answer -> answered("procedure " + procedure, answer, done)));
        }

        private void ask(Consumer<CompletableFuture<Void>> request) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            asked.add(done);
            request.accept(done);
        }

        private void answered(String what, TableAnswer answer, CompletableFuture<Void> done) {
            if (answer instanceof TableAnswer.Granted) {
                held.add(what);
            } else if (answer instanceof TableAnswer.Revoked) {
                held.remove(what);
                assertThat(revoked.add(what)).as("%s is revoked once", what).isTrue();
            }
            done.complete(null);
        }

        /** Publications, in a history that is there on both sides. */
        private void keep(long... publications) {
            for (long publication : publications) {
                HistoryStoreContract.append(
                        new HazelcastHistoryStore(membership),
                        HISTORY,
                        HistoryStoreContract.BOUNDS,
                        HistoryLogTest.event(publication, publication));
            }
        }

        private List<Long> kept() {
            return HistoryStoreContract.publications(new HazelcastHistoryStore(membership), HISTORY);
        }

        private void settle() throws Exception {
            CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            asked.clear();
        }

        @Override
        public void changed(Map<NodeId, HostPort> view) {
            members = Set.copyOf(view.keySet());
            owner.members(view.keySet());
        }

        @Override
        public void vanished() {
            owner.vanished();
        }

        @Override
        public void merged() {
            owner.merged();
        }
    }
}
