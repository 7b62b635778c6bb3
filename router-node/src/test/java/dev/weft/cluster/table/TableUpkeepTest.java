package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.InterestOffer;
import dev.weft.directory.TableAnswer;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.NodeId;
import dev.weft.link.NodeState;
import dev.weft.link.TableChange;
import dev.weft.testkit.TestLanes;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampError;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a node does about peers and members that come, go, or do not answer. */
final class TableUpkeepTest extends TableOwnerFixture {
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
        store.isDown = true;
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
    void whatWasLostWithAMemberThatCameAndWentUnseenIsStoredAgainAndWhatItLeftIsRemoved() {
        NodeId unseen = new NodeId("unseen", 3);
        owner.members(List.of(SELF, OTHER));
        register(10, InvocationPolicy.SINGLE);
        tables.purge(Stale.ofAllBut(Set.of(), Long.MAX_VALUE));
        tables.addInterest(TOPIC, new InterestOffer(unseen, 5, false, 1));
        tables.addInterest(TOPIC, new InterestOffer(OTHER, 5, false, 1));

        owner.vanished();
        control.runAll();
        control.fireTimers();

        assertThat(tables.calleesOf(PROCEDURE)).isNotNull();
        assertThat(tables.interestIn(TOPIC).holders())
                .extracting(InterestHolders.Holder::node)
                .containsExactly(OTHER);
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
}
