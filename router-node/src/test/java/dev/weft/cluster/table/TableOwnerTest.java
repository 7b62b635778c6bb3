package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.cluster.table.TableStore.InterestOffer;
import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.LocalLane;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.InterestAdded;
import dev.weft.link.InterestRemoved;
import dev.weft.link.NodeId;
import dev.weft.link.NodeState;
import dev.weft.link.SnapshotEnd;
import dev.weft.link.TableChange;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private final TableOwner owner = new TableOwner(SELF, store, mirror, control, TableSettings.DEFAULT);
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
                .hasSize(4)
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
        assertThat(tables.interestIn(TOPIC).holders())
                .extracting(InterestHolders.Holder::node)
                .containsExactly(SELF);
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
        owner.members(List.of(OTHER, SELF));
        store.isPurgeDown = true;
        tables.addCallee(PROCEDURE, new CalleeOffer(InvocationPolicy.SINGLE, OTHER, 20, 5, 0, 1, 1), Map.of());
        register(10, InvocationPolicy.SINGLE);
        assertThat(answers).hasSize(1).allMatch(TableAnswer.Refused.class::isInstance);

        owner.members(List.of(SELF));
        register(10, InvocationPolicy.SINGLE);

        assertThat(answers).endsWith(new TableAnswer.Granted(5));
    }

    @Test
    void aNodeThatHazelcastLostIsLiveWhileItsLinkIs() {
        tables.addCallee(PROCEDURE, new CalleeOffer(InvocationPolicy.SINGLE, OTHER, 20, 5, 0, 1, 1), Map.of());
        owner.members(List.of(SELF, OTHER));
        FakePeer peer = linked();
        owner.members(List.of(SELF));
        register(10, InvocationPolicy.SINGLE);
        assertThat(answers).hasSize(1).allMatch(TableAnswer.Refused.class::isInstance);

        owner.linkDown(peer);
        register(10, InvocationPolicy.SINGLE);

        assertThat(answers).hasSize(2).last().isInstanceOf(TableAnswer.Granted.class);
    }

    @Test
    void whatALiveNodeToldThisOneIsTakenWhateverTheStoreSays() {
        mirror.calleeAdded(calleeOf(20, InvocationPolicy.SINGLE), OTHER, TestLanes.local(7));

        register(10, InvocationPolicy.SINGLE);
        register(11, InvocationPolicy.ROUNDROBIN);

        assertThat(answers)
                .containsOnly(new TableAnswer.Refused(
                        WampError.PROCEDURE_ALREADY_EXISTS, "procedure com.example.procedure is registered already"));
        assertThat(tables.calleesOf(PROCEDURE)).isNull();
    }

    @Test
    void aCalleeThatExcludesThisOneAndIsToldOfMeanwhileStays() {
        FakePeer peer = linked();
        register(10, InvocationPolicy.SINGLE);
        mirror.calleeAdded(calleeOf(20, InvocationPolicy.SINGLE), OTHER, TestLanes.local(7));
        peer.acknowledge();
        peer.acknowledge();

        assertThat(answers).singleElement().isInstanceOf(TableAnswer.Refused.class);
        assertThat(tables.calleesOf(PROCEDURE)).isNull();
        assertThat(peer.told).last().isInstanceOf(CalleeRemoved.class);
    }

    @Test
    void theOldestMemberRemovesAllThatNoLiveNodeOwnsAndTriesUntilItSucceeds() {
        NodeId third = new NodeId("third", 3);
        tables.addInterest(TOPIC, new InterestOffer(OTHER, 5, false, 1));
        tables.addInterest(TOPIC, new InterestOffer(third, 5, false, 1));
        owner.members(List.of(OTHER, SELF, third));
        owner.members(List.of(OTHER, SELF));
        control.runAll();
        assertThat(tables.interestIn(TOPIC)).isNotNull();

        store.isPurgeDown = true;
        owner.members(List.of(SELF));
        control.runAll();
        assertThat(tables.interestIn(TOPIC)).isNotNull();
        store.isPurgeDown = false;
        control.fireTimers();

        assertThat(tables.interestIn(TOPIC)).isNull();
        assertThat(owner.counters().purges()).isEqualTo(1);
    }

    @Test
    void whatADeadNodeAssertedInALaterTermThanAnyKnownIsRemoved() {
        tables.addInterest(TOPIC, new InterestOffer(OTHER, 5, false, 50));
        owner.members(List.of(SELF, OTHER));
        owner.members(List.of(SELF));
        control.runAll();

        assertThat(tables.interestIn(TOPIC)).isNull();
    }

    @Test
    void aNodeThatComesBackAfterASplitIsNotDead() {
        tables.addCallee(PROCEDURE, new CalleeOffer(InvocationPolicy.SINGLE, OTHER, 20, 5, 0, 1, 1), Map.of());
        store.isPurgeDown = true;
        owner.members(List.of(SELF, OTHER));
        owner.members(List.of(SELF));
        owner.members(List.of(SELF, OTHER));

        register(10, InvocationPolicy.SINGLE);

        assertThat(answers).hasSize(1).allMatch(TableAnswer.Refused.class::isInstance);
    }

    @Test
    void theTermIsToldFirstAndRaisedAboveAllKnownWhenANodeIsDead() {
        owner.members(List.of(SELF, OTHER));
        FakePeer peer = linked();
        assertThat(peer.snapshot).first().isEqualTo(new NodeState(false, 1));

        owner.heard(new NodeState(false, 7));
        owner.members(List.of(SELF));
        control.runAll();

        assertThat(peer.told).containsExactly(new NodeState(false, 7));
        owner.linkDown(peer);
        FakePeer next = linked();
        assertThat(next.snapshot).first().isEqualTo(new NodeState(false, 8));
        register(10, InvocationPolicy.SINGLE);
        assertThat(next.told)
                .last()
                .isInstanceOfSatisfying(
                        CalleeAdded.class, added -> assertThat(added.term()).isEqualTo(8));
    }

    @Test
    void whatTheStoreLostIsStoredAgainWithItsPlaceAndItsTerm() {
        register(10, InvocationPolicy.ROUNDROBIN);
        register(11, InvocationPolicy.ROUNDROBIN);
        subscribe(loop0);
        CalleeRoster before = tables.calleesOf(PROCEDURE);
        tables.purge(Stale.ofAllBut(Set.of(), Long.MAX_VALUE));

        owner.merged();
        control.runAll();
        control.fireTimers();

        CalleeRoster after = tables.calleesOf(PROCEDURE);
        assertThat(after.registration()).isEqualTo(before.registration());
        assertThat(after.callees())
                .extracting(CalleeRoster.Callee::order, CalleeRoster.Callee::term, CalleeRoster.Callee::asserted)
                .containsExactly(tuple(1L, 1L, 2L), tuple(2L, 1L, 2L));
        assertThat(tables.interestIn(TOPIC)).isNotNull();
        assertThat(owner.counters().renewals()).isEqualTo(3);
    }

    @Test
    void whatThisNodeHoldsNoMoreAndTheStoreStillHasIsRemovedWhenTheRestIsAsserted() {
        subscribe(loop0);
        TableKey given = new TableKey("realm1", MatchPolicy.EXACT, "com.example.given.back");
        tables.addInterest(given, new InterestOffer(SELF, 6, false, 1));

        owner.merged();
        control.runAll();
        control.fireTimers();

        assertThat(tables.interestIn(given)).isNull();
        assertThat(tables.interestIn(TOPIC)).isNotNull();
    }

    @Test
    void aRenewalThatTheStoreRefusesIsTriedAgain() {
        owner.members(List.of(OTHER, SELF));
        register(10, InvocationPolicy.SINGLE);
        tables.purge(Stale.ofAllBut(Set.of(), Long.MAX_VALUE));
        tables.addCallee(PROCEDURE, new CalleeOffer(InvocationPolicy.SINGLE, OTHER, 20, 5, 0, 0, 9), Map.of());
        owner.merged();
        control.runAll();
        control.fireTimers();
        assertThat(tables.calleesOf(PROCEDURE).callees())
                .extracting(CalleeRoster.Callee::node)
                .containsExactly(OTHER);

        tables.removeCallee(PROCEDURE, OTHER, 20);
        control.fireTimers();

        assertThat(tables.calleesOf(PROCEDURE).callees())
                .extracting(CalleeRoster.Callee::node)
                .containsExactly(SELF);
    }

    @Test
    void aPeerThatAcknowledgesNothingIsFencedAndThenNotWaitedFor() {
        FakePeer dumb = linked();
        FakePeer peer = linked();
        subscribe(loop0);
        peer.acknowledge();
        Duration look = TableSettings.DEFAULT.acknowledgement().dividedBy(8);
        for (int looks = 0; looks < 8; looks++) {
            control.pass(look);
            control.fireTimers();
        }
        assertThat(answers).isEmpty();
        control.pass(look);
        control.fireTimers();

        assertThat(answers).hasSize(1);
        assertThat(dumb.isFenced).isTrue();
        assertThat(peer.isFenced).isFalse();
        assertThat(owner.counters().fences()).isEqualTo(1);
    }

    @Test
    void aNodeThatWasFrozenItselfFencesNobodyForThat() {
        FakePeer peer = linked();
        subscribe(loop0);
        control.pass(Duration.ofSeconds(60));
        control.fireTimers();
        assertThat(peer.isFenced).isFalse();

        peer.acknowledge();
        assertThat(answers).hasSize(1);
    }

    @Test
    void aLongSnapshotIsToldInPartsAndAsItIsWhenItsTurnComes() {
        for (int session = 1; session <= 10_000; session++) {
            register(session, InvocationPolicy.ROUNDROBIN);
        }
        FakePeer late = new FakePeer();
        owner.linkUp(late, () -> events.add("counted in"));
        control.runAll();
        assertThat(late.told).as("told before anything is acknowledged").hasSizeLessThan(10_000);

        owner.removeCallee(claim(10_000, InvocationPolicy.ROUNDROBIN), 0, loop0, () -> {});
        control.runAll();
        while (!events.contains("counted in")) {
            late.acknowledge();
            control.runAll();
        }
        Set<Long> known = new HashSet<>();
        for (TableChange change : late.told) {
            if (change instanceof CalleeAdded added) {
                known.add(added.session());
            } else if (change instanceof CalleeRemoved removed) {
                known.remove(removed.session());
            }
        }
        assertThat(known).hasSize(9_999).doesNotContain(10_000L);
    }

    @Test
    void aPeerThatGetsOnWithALongSnapshotIsWaitedFor() {
        for (int session = 1; session <= 10_000; session++) {
            register(session, InvocationPolicy.ROUNDROBIN);
        }
        FakePeer late = new FakePeer();
        owner.linkUp(late, () -> events.add("counted in"));
        control.runAll();
        answers.clear();
        subscribe(loop0);
        subscribe(loop1);
        Duration look = TableSettings.DEFAULT.acknowledgement().dividedBy(8);
        for (int looks = 0; looks < 16; looks++) {
            control.pass(look);
            if (looks == 5 || looks == 10) {
                late.acknowledge();
            }
            control.fireTimers();
        }
        assertThat(late.isFenced).isFalse();
        assertThat(answers).isEmpty();

        late.acknowledge();
        late.acknowledge();
        assertThat(answers).hasSize(2);
    }

    @Test
    void aClusterThatIsTooSmallRegistersNothing() {
        TableOwner careful = new TableOwner(SELF, store, mirror, control, new TableSettings(Duration.ofSeconds(2), 2));
        careful.addCallee(claim(10, InvocationPolicy.SINGLE), loop0, answers::add);
        careful.addInterest("realm1", MatchPolicy.EXACT, TOPIC.uri(), loop0, answers::add);
        control.runAll();
        assertThat(answers.get(0))
                .isEqualTo(new TableAnswer.Refused(
                        WampError.UNAVAILABLE,
                        "nothing can be registered while 1 nodes are live: cluster.minimum-size is 2"));
        assertThat(answers.get(1)).isInstanceOf(TableAnswer.Granted.class);

        careful.members(List.of(OTHER, SELF));
        careful.addCallee(claim(10, InvocationPolicy.SINGLE), loop0, answers::add);
        control.runAll();
        assertThat(answers.get(2)).isInstanceOf(TableAnswer.Granted.class);
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

        tables.addInterest(TOPIC, new InterestOffer(SELF, 5, false, 1));
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
        tables.addInterest(clashing, new InterestOffer(OTHER, id(), false, 1));

        owner.addInterest("realm1", MatchPolicy.EXACT, clashing.uri(), loop0, answers::add);
        control.runAll();

        assertThat(answers).last().isInstanceOf(TableAnswer.Refused.class);
        assertThat(tables.interestIn(clashing).holders())
                .extracting(InterestHolders.Holder::node)
                .containsExactly(OTHER);
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

    private static CalleeAdded calleeOf(long session, InvocationPolicy invoke) {
        return new CalleeAdded("realm1", MatchPolicy.EXACT, PROCEDURE.uri(), invoke, 5, 1, session, 1, 0);
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
        private boolean isFenced;

        @Override
        public NodeId node() {
            return OTHER;
        }

        @Override
        public void fence() {
            isFenced = true;
        }

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
        private boolean isPurgeDown;

        private StubbornStore(TableStore store) {
            this.store = store;
        }

        @Override
        public CompletionStage<Decision> addInterest(TableKey key, InterestOffer offer) {
            return isDown ? failed() : store.addInterest(key, offer);
        }

        @Override
        public CompletionStage<Void> removeInterest(TableKey key, NodeId owner) {
            return isDown ? failed() : store.removeInterest(key, owner);
        }

        @Override
        public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Map<NodeId, Long> dead) {
            return isDown ? failed() : store.addCallee(key, offer, dead);
        }

        @Override
        public CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session) {
            return isDown ? failed() : store.removeCallee(key, owner, session);
        }

        @Override
        public CompletionStage<Long> purge(Stale stale) {
            return isPurgeDown ? failed() : store.purge(stale);
        }

        private static <T> CompletionStage<T> failed() {
            return CompletableFuture.failedStage(new IllegalStateException("out of reach"));
        }
    }
}
