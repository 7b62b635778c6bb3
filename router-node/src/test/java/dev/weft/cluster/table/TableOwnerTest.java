package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.LocalLane;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.InterestAdded;
import dev.weft.link.InterestRemoved;
import dev.weft.link.NodeId;
import dev.weft.link.SnapshotEnd;
import dev.weft.link.TableChange;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One node's side of the tables, step by step. */
final class TableOwnerTest {
    private static final NodeId SELF = new NodeId("self", 1);
    private static final NodeId OTHER = new NodeId("other", 2);
    private static final TableKey TOPIC = new TableKey("realm1", MatchPolicy.EXACT, "com.example.topic");
    private static final TableKey PROCEDURE = new TableKey("realm1", MatchPolicy.EXACT, "com.example.procedure");

    private final LocalTableStore tables = new LocalTableStore();
    private final StubbornStore store = new StubbornStore(tables);
    private final RecordedMirror mirror = new RecordedMirror();
    private final ManualControl control = new ManualControl();
    private final TableOwner owner = new TableOwner(SELF, store, mirror, control);
    private final LocalLane loop0 = TestLanes.local(0);
    private final LocalLane loop1 = TestLanes.local(1);
    private final List<TableAnswer> answers = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    @Test
    void aSubscriberIsAnsweredWhenEveryPeerHasAcknowledged() {
        FakePeer one = linked();
        FakePeer other = linked();
        subscribe(loop0);

        assertThat(one.told).containsExactly(new InterestAdded("realm1", MatchPolicy.EXACT, TOPIC.uri(), id()));
        one.acknowledge();
        assertThat(answers).isEmpty();
        assertThat(mirror.interest).isEmpty();
        other.acknowledge();

        assertThat(answers).containsExactly(new TableAnswer.Granted(id()));
        assertThat(mirror.lanesFor(TOPIC)).containsExactly(loop0);
    }

    @Test
    void aPeerThatGoesDownIsNotWaitedFor() {
        FakePeer one = linked();
        FakePeer other = linked();
        subscribe(loop0);
        one.acknowledge();

        owner.linkDown(other);
        control.runAll();
        assertThat(answers).hasSize(1);
        other.acknowledge();
        assertThat(answers).hasSize(1);
    }

    @Test
    void anotherLoopJoinsWithoutAskingAnyone() {
        FakePeer peer = linked();
        subscribe(loop0);
        peer.acknowledge();
        peer.told.clear();
        store.isDown = true;

        subscribe(loop1);

        assertThat(answers).containsExactly(new TableAnswer.Granted(id()), new TableAnswer.Granted(id()));
        assertThat(mirror.lanesFor(TOPIC)).containsExactlyInAnyOrder(loop0, loop1);
        assertThat(peer.told).isEmpty();
    }

    @Test
    void aPeerThatComesLaterIsToldAllThatIsHeld() {
        subscribe(loop0);
        register(10, InvocationPolicy.SINGLE);
        FakePeer peer = linked();

        assertThat(peer.snapshot)
                .hasSize(3)
                .contains(new InterestAdded("realm1", MatchPolicy.EXACT, TOPIC.uri(), id()))
                .anyMatch(CalleeAdded.class::isInstance)
                .endsWith(new SnapshotEnd());
        assertThat(events).containsExactly("counted in");
    }

    @Test
    void aPeerThatComesWhileAnotherIsWaitedForIsToldAsWell() {
        FakePeer slow = linked();
        subscribe(loop0);

        FakePeer late = linked();

        assertThat(late.snapshot).contains(new InterestAdded("realm1", MatchPolicy.EXACT, TOPIC.uri(), id()));
        slow.acknowledge();
        assertThat(answers).hasSize(1);
    }

    @Test
    void interestIsHiddenFirstThenToldThenTakenFromTheStore() {
        FakePeer peer = linked();
        subscribe(loop0);
        peer.acknowledge();
        long id = id();
        unsubscribe(loop0);

        assertThat(mirror.interest).isEmpty();
        assertThat(peer.told).endsWith(new InterestRemoved("realm1", MatchPolicy.EXACT, TOPIC.uri(), id));
        assertThat(tables.interestIn(TOPIC)).isNotNull();
        assertThat(events).doesNotContain("removed");
        peer.acknowledge();

        assertThat(tables.interestIn(TOPIC)).isNull();
        assertThat(events).endsWith("removed");
    }

    @Test
    void aSubscriberThatComesWhileInterestIsTakenBackWaitsForItsTurn() {
        FakePeer peer = linked();
        subscribe(loop0);
        peer.acknowledge();
        unsubscribe(loop0);
        subscribe(loop1);

        peer.acknowledge();
        assertThat(answers).hasSize(1);
        peer.acknowledge();

        assertThat(answers).hasSize(2);
        assertThat(mirror.lanesFor(TOPIC)).containsExactly(loop1);
        assertThat(tables.interestIn(TOPIC).nodes()).containsExactly(SELF);
    }

    @Test
    void aLoopThatLeavesBeforeItIsAnsweredLeavesNothing() {
        FakePeer peer = linked();
        subscribe(loop0);
        unsubscribe(loop0);
        peer.acknowledge();
        peer.acknowledge();

        assertThat(answers).hasSize(1);
        assertThat(events).endsWith("removed");
        assertThat(mirror.interest).isEmpty();
        assertThat(tables.interestIn(TOPIC)).isNull();
    }

    @Test
    void aSessionRegistersAProcedureOnce() {
        register(10, InvocationPolicy.ROUNDROBIN);
        register(10, InvocationPolicy.ROUNDROBIN);
        register(11, InvocationPolicy.ROUNDROBIN);

        assertThat(answers.get(0)).isInstanceOf(TableAnswer.Granted.class);
        assertThat(answers.get(1))
                .isEqualTo(new TableAnswer.Refused(
                        WampError.PROCEDURE_ALREADY_EXISTS,
                        "this session has registered com.example.procedure already"));
        assertThat(answers.get(2)).isEqualTo(answers.get(0));
        assertThat(mirror.sessionsFor(PROCEDURE)).containsExactlyInAnyOrder(10L, 11L);
    }

    @Test
    void aCalleeIsHiddenFirstThenToldThenTakenFromTheStore() {
        FakePeer peer = linked();
        register(10, InvocationPolicy.SINGLE);
        peer.acknowledge();
        long registration = ((TableAnswer.Granted) answers.get(0)).id();
        owner.removeCallee(claim(10, InvocationPolicy.SINGLE), registration, loop0, () -> events.add("removed"));
        control.runAll();

        assertThat(mirror.callees).isEmpty();
        assertThat(peer.told)
                .endsWith(new CalleeRemoved("realm1", MatchPolicy.EXACT, PROCEDURE.uri(), registration, 10));
        assertThat(tables.calleesOf(PROCEDURE)).isNotNull();
        peer.acknowledge();
        assertThat(tables.calleesOf(PROCEDURE)).isNull();
        assertThat(events).endsWith("removed");
    }

    @Test
    void theProcedureOfADeadNodeCanBeTakenOverBeforeItIsPurged() {
        tables.addCallee(PROCEDURE, new CalleeOffer(InvocationPolicy.SINGLE, OTHER, 20, 5), Set.of());
        register(10, InvocationPolicy.SINGLE);
        assertThat(answers).hasSize(1).allMatch(TableAnswer.Refused.class::isInstance);

        owner.nodeGone(OTHER, false);
        register(10, InvocationPolicy.SINGLE);

        assertThat(answers).endsWith(new TableAnswer.Granted(5));
    }

    @Test
    void theNodeThatIsToPurgeRemovesAllThatDiedLately() {
        NodeId third = new NodeId("third", 3);
        tables.addInterest(TOPIC, OTHER, 5);
        tables.addInterest(TOPIC, third, 5);

        owner.nodeGone(OTHER, false);
        owner.nodeGone(third, true);
        control.runAll();

        assertThat(tables.interestIn(TOPIC)).isNull();
    }

    @Test
    void aNodeThatComesBackAfterASplitIsNotDead() {
        tables.addCallee(PROCEDURE, new CalleeOffer(InvocationPolicy.SINGLE, OTHER, 20, 5), Set.of());
        owner.nodeGone(OTHER, false);
        owner.nodeJoined(OTHER);

        register(10, InvocationPolicy.SINGLE);

        assertThat(answers).hasSize(1).allMatch(TableAnswer.Refused.class::isInstance);
    }

    @Test
    void whatTheStoreFailedToDecideIsRefusedAndTakenBack() {
        store.isDown = true;
        subscribe(loop0);
        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        TableAnswer.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(WampError.UNAVAILABLE));

        tables.addInterest(TOPIC, SELF, 5);
        store.isDown = false;
        control.fireTimers();

        assertThat(tables.interestIn(TOPIC)).isNull();
        subscribe(loop0);
        assertThat(answers).last().isInstanceOf(TableAnswer.Granted.class);
    }

    @Test
    void anIdThatStandsForSomethingElseHereIsRefused() {
        subscribe(loop0);
        TableKey clashing = new TableKey("realm1", MatchPolicy.EXACT, "com.example.clashing");
        tables.addInterest(clashing, OTHER, id());

        owner.addInterest("realm1", MatchPolicy.EXACT, clashing.uri(), loop0, answers::add);
        control.runAll();

        assertThat(answers).last().isInstanceOf(TableAnswer.Refused.class);
        assertThat(tables.interestIn(clashing).nodes()).containsExactly(OTHER);
    }

    private long id() {
        return tables.interestIn(TOPIC).subscription();
    }

    private void subscribe(LocalLane loop) {
        owner.addInterest("realm1", MatchPolicy.EXACT, TOPIC.uri(), loop, answers::add);
        control.runAll();
    }

    private void unsubscribe(LocalLane loop) {
        owner.removeInterest("realm1", MatchPolicy.EXACT, TOPIC.uri(), loop, () -> events.add("removed"));
        control.runAll();
    }

    private void register(long session, InvocationPolicy invoke) {
        owner.addCallee(claim(session, invoke), loop0, answers::add);
        control.runAll();
    }

    private static CalleeClaim claim(long session, InvocationPolicy invoke) {
        return new CalleeClaim("realm1", MatchPolicy.EXACT, PROCEDURE.uri(), invoke, session);
    }

    /** A peer whose link has just come up and that has acknowledged the snapshot. */
    private FakePeer linked() {
        FakePeer peer = new FakePeer();
        owner.linkUp(peer, () -> events.add("counted in"));
        control.runAll();
        peer.acknowledge();
        peer.snapshot.addAll(peer.told);
        peer.told.clear();
        return peer;
    }

    private final class FakePeer implements Peer {
        private final List<TableChange> snapshot = new ArrayList<>();
        private final List<TableChange> told = new ArrayList<>();
        private final Deque<Runnable> acknowledgements = new ArrayDeque<>();

        @Override
        public void tell(TableChange change, @Nullable Runnable acknowledged) {
            told.add(change);
            if (acknowledged != null) {
                acknowledgements.add(acknowledged);
            }
        }

        private void acknowledge() {
            acknowledgements.remove().run();
            control.runAll();
        }
    }

    /** A store that can be out of reach. */
    private static final class StubbornStore implements TableStore {
        private final TableStore store;
        private boolean isDown;

        private StubbornStore(TableStore store) {
            this.store = store;
        }

        @Override
        public CompletionStage<Decision> addInterest(TableKey key, NodeId owner, long proposedId) {
            return isDown ? failed() : store.addInterest(key, owner, proposedId);
        }

        @Override
        public CompletionStage<Void> removeInterest(TableKey key, NodeId owner) {
            return isDown ? failed() : store.removeInterest(key, owner);
        }

        @Override
        public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Set<NodeId> dead) {
            return isDown ? failed() : store.addCallee(key, offer, dead);
        }

        @Override
        public CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session) {
            return isDown ? failed() : store.removeCallee(key, owner, session);
        }

        @Override
        public CompletionStage<Void> purge(Set<NodeId> dead) {
            return isDown ? failed() : store.purge(dead);
        }

        private static <T> CompletionStage<T> failed() {
            return CompletableFuture.failedStage(new IllegalStateException("out of reach"));
        }
    }
}
