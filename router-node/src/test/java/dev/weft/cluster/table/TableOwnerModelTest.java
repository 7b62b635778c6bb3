package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.table.SimulatedCluster.Node;
import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three nodes whose clients come and go at random, over links that break and a store that is slow and fails at times:
 * what is promised holds at each step, and when all is quiet, every node knows exactly what is held.
 */
final class TableOwnerModelTest {
    private static final int STEPS = 4_000;
    private static final int TOPICS = 3;
    private static final int PROCEDURES = 2;
    private static final TableKey SINGLE = new TableKey("realm1", MatchPolicy.EXACT, "com.example.procedure0");

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 80), new Random().longs(20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void promisesHoldAtEachStepAndTablesAreRightWhenAllIsQuiet(long seed) {
        Random random = new Random(seed);
        SimulatedCluster cluster = new SimulatedCluster(3, random);
        List<Wish> wishes = wishes(cluster);

        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(12) == 0) {
                wishes.get(random.nextInt(wishes.size())).change();
            }
            cluster.step();
            assertThatSingleProceduresAreHeldOnce(wishes);
            assertThatNobodySeesTwoCalleesOf(SINGLE, cluster);
        }
        settle(cluster);

        for (Wish wish : wishes) {
            assertThat(wish.unanswered).as("unanswered requests of %s", wish).isEmpty();
        }
        for (TableKey key : keys(wishes)) {
            assertTablesAreRight(cluster, key, wishes);
        }
    }

    /** What was left behind by failures is removed at the first quiet retry. */
    private static void settle(SimulatedCluster cluster) {
        cluster.settle();
        for (Node node : cluster.nodes) {
            node.control.fireTimers();
        }
        cluster.settle();
    }

    private static void assertThatSingleProceduresAreHeldOnce(List<Wish> wishes) {
        Set<TableKey> held = new HashSet<>();
        for (Wish wish : wishes) {
            if (wish instanceof Registering registering
                    && registering.isHeld
                    && registering.claim.invoke() == InvocationPolicy.SINGLE) {
                assertThat(held.add(wish.key)).as("one callee of %s", wish.key).isTrue();
            }
        }
    }

    private static void assertThatNobodySeesTwoCalleesOf(TableKey single, SimulatedCluster cluster) {
        for (Node node : cluster.nodes) {
            assertThat(node.mirror.sessionsFor(single))
                    .as("callees of %s at %s", single, node.id)
                    .hasSizeLessThan(2);
        }
    }

    private static void assertTablesAreRight(SimulatedCluster cluster, TableKey key, List<Wish> wishes) {
        List<Wish> held = wishes.stream()
                .filter(wish -> wish.isHeld && wish.key.equals(key))
                .toList();
        InterestHolders interest = cluster.tables.interestIn(key);
        CalleeRoster callees = cluster.tables.calleesOf(key);
        int inStore = (interest == null ? 0 : interest.nodes().size())
                + (callees == null ? 0 : callees.callees().size());
        long owners = held.stream()
                .map(wish -> wish instanceof Registering ? wish : wish.node)
                .distinct()
                .count();
        assertThat(inStore).as("entries in the store for %s", key).isEqualTo((int) owners);
        for (Node node : cluster.nodes) {
            Set<Lane> lanes = new HashSet<>();
            Set<Long> sessions = new HashSet<>();
            for (Wish wish : held) {
                if (wish instanceof Registering registering) {
                    sessions.add(registering.claim.session());
                } else {
                    lanes.add(wish.node.equals(node) ? wish.lane : cluster.laneOf(wish.node, node));
                }
            }
            assertThat(node.mirror.lanesFor(key)).as("%s at %s", key, node.id).isEqualTo(lanes);
            assertThat(node.mirror.sessionsFor(key))
                    .as("%s at %s", key, node.id)
                    .isEqualTo(sessions);
        }
    }

    private static Set<TableKey> keys(List<Wish> wishes) {
        Set<TableKey> keys = new HashSet<>();
        wishes.forEach(wish -> keys.add(wish.key));
        return keys;
    }

    private static List<Wish> wishes(SimulatedCluster cluster) {
        List<Wish> wishes = new ArrayList<>();
        for (Node node : cluster.nodes) {
            for (LocalLane lane : node.lanes) {
                for (int topic = 0; topic < TOPICS; topic++) {
                    wishes.add(new Subscribing(cluster, node, lane, topic));
                }
                for (int procedure = 0; procedure < PROCEDURES; procedure++) {
                    wishes.add(new Registering(cluster, node, lane, procedure, wishes.size() + 1));
                }
            }
        }
        return wishes;
    }

    /** What one event loop, or one session, wants to hold and holds. */
    private abstract static class Wish {
        final SimulatedCluster cluster;
        final Node node;
        final LocalLane lane;
        final TableKey key;
        final Deque<String> unanswered = new ArrayDeque<>();
        boolean isWanted;
        boolean isHeld;

        Wish(SimulatedCluster cluster, Node node, LocalLane lane, String uri) {
            this.cluster = cluster;
            this.node = node;
            this.lane = lane;
            this.key = new TableKey("realm1", MatchPolicy.EXACT, uri);
        }

        abstract void add();

        abstract void remove();

        abstract boolean isSeenBy(Node other, Lane from);

        void change() {
            isWanted = !isWanted;
            if (isWanted) {
                unanswered.add("add");
                add();
            } else {
                isHeld = false;
                unanswered.add("remove");
                remove();
            }
        }

        void answered(TableAnswer answer) {
            assertThat(unanswered.poll()).as("the order of answers").isEqualTo("add");
            if (!(answer instanceof TableAnswer.Granted)) {
                isWanted = isWanted && !unanswered.isEmpty();
                return;
            }
            isHeld = isWanted && unanswered.isEmpty();
            for (Node other : cluster.nodes) {
                Lane from = other.equals(node) ? lane : cluster.laneOf(node, other);
                if (from != null) {
                    assertThat(isSeenBy(other, from))
                            .as("%s sees %s of %s when it is answered", other.id, key, node.id)
                            .isTrue();
                }
            }
        }

        void done() {
            assertThat(unanswered.poll()).as("the order of answers").isEqualTo("remove");
        }
    }

    private static final class Subscribing extends Wish {
        private Subscribing(SimulatedCluster cluster, Node node, LocalLane lane, int topic) {
            super(cluster, node, lane, "com.example.topic" + topic);
        }

        @Override
        void add() {
            node.owner.addInterest(key.realm(), key.match(), key.uri(), lane, this::answered);
        }

        @Override
        void remove() {
            node.owner.removeInterest(key.realm(), key.match(), key.uri(), lane, this::done);
        }

        @Override
        boolean isSeenBy(Node other, Lane from) {
            return other.mirror.lanesFor(key).contains(from);
        }
    }

    private static final class Registering extends Wish {
        private final CalleeClaim claim;

        private Registering(SimulatedCluster cluster, Node node, LocalLane lane, int procedure, long session) {
            super(cluster, node, lane, "com.example.procedure" + procedure);
            InvocationPolicy invoke = procedure == 0 ? InvocationPolicy.SINGLE : InvocationPolicy.ROUNDROBIN;
            claim = new CalleeClaim(key.realm(), key.match(), key.uri(), invoke, session);
        }

        @Override
        void add() {
            node.owner.addCallee(claim, lane, this::answered);
        }

        @Override
        void remove() {
            node.owner.removeCallee(claim, 0, lane, this::done);
        }

        @Override
        boolean isSeenBy(Node other, Lane from) {
            return other.mirror.sessionsFor(key).contains(claim.session());
        }
    }
}
