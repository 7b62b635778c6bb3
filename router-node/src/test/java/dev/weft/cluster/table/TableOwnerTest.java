package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.InterestOffer;
import dev.weft.directory.TableAnswer;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeRemoved;
import dev.weft.link.InterestAdded;
import dev.weft.link.InterestRemoved;
import dev.weft.link.SnapshotEnd;
import dev.weft.testkit.TestLanes;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** One node's side of the tables, step by step. */
final class TableOwnerTest extends TableOwnerFixture {
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
    void aClusterThatIsTooSmallRegistersNothing() {
        TableOwner careful = new TableOwner(SELF, store, mirror, control, new TableSettings(Duration.ofSeconds(2), 2));
        careful.addCallee(claim(10, InvocationPolicy.SINGLE), loop0, answers::add);
        careful.addInterest("realm1", MatchPolicy.EXACT, TOPIC.uri(), loop0, answers::add);
        control.runAll();
        assertThat(answers.get(0))
                .isEqualTo(new TableAnswer.Refused(
                        WampError.UNAVAILABLE,
                        "nothing can be registered with fewer live nodes (1) than cluster.minimum-size (2)"));
        assertThat(answers.get(1)).isInstanceOf(TableAnswer.Granted.class);

        careful.members(List.of(OTHER, SELF));
        careful.addCallee(claim(10, InvocationPolicy.SINGLE), loop0, answers::add);
        control.runAll();
        assertThat(answers.get(2)).isInstanceOf(TableAnswer.Granted.class);
    }

    @Test
    void whatTheStoreFailedToDecideIsRefusedAndTakenBack() {
        store.isDown = true;
        register(10, InvocationPolicy.SINGLE);
        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        TableAnswer.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(WampError.UNAVAILABLE));

        tables.addCallee(PROCEDURE, new CalleeOffer(InvocationPolicy.SINGLE, SELF, 10, 5, 0, 1, 1), Map.of());
        store.isDown = false;
        control.fireTimers();

        assertThat(tables.calleesOf(PROCEDURE)).isNull();
        register(10, InvocationPolicy.SINGLE);
        assertThat(answers).last().isInstanceOf(TableAnswer.Granted.class);
    }

    @Test
    void aSubscriberDoesNotWaitForTheStoreWhichFollowsWhenItCan() {
        store.isDown = true;
        FakePeer peer = linked();
        subscribe(loop0);
        peer.acknowledge();
        assertThat(answers).singleElement().isInstanceOf(TableAnswer.Granted.class);
        assertThat(mirror.lanesFor(TOPIC)).containsExactly(loop0);
        assertThat(tables.interestIn(TOPIC)).isNull();

        control.fireTimers();
        assertThat(tables.interestIn(TOPIC)).isNull();
        store.isDown = false;
        control.fireTimers();

        assertThat(id()).isEqualTo(((TableAnswer.Granted) answers.get(0)).id());
    }

    @Test
    void whatIsTakenBackBeforeTheStoreHeardOfItIsNotStored() {
        store.isDown = true;
        subscribe(loop0);
        unsubscribe(loop0);
        assertThat(events).containsExactly("removed");

        store.isDown = false;
        control.fireTimers();
        assertThat(tables.interestIn(TOPIC)).isNull();
    }

    @Test
    void aNodeHasGivenBackAllOnlyWhenTheStoreKnows() {
        subscribe(loop0);
        store.isDown = true;
        unsubscribe(loop0);
        CompletionStage<Void> givenBack = owner.givenBack();
        control.runAll();
        assertThat(givenBack.toCompletableFuture()).isNotDone();

        store.isDown = false;
        control.fireTimers();
        assertThat(givenBack.toCompletableFuture()).isDone();
        assertThat(tables.interestIn(TOPIC)).isNull();
    }

    @Test
    void anIdThatStandsForSomethingElseHereIsRefused() {
        subscribe(loop0);
        TableKey clashing = new TableKey("realm1", MatchPolicy.EXACT, "com.example.clashing");
        tables.addInterest(clashing, new InterestOffer(OTHER, id(), false, 1));
        mirror.interestAdded("realm1", MatchPolicy.EXACT, clashing.uri(), id(), TestLanes.local(7));

        owner.addInterest("realm1", MatchPolicy.EXACT, clashing.uri(), loop0, answers::add);
        control.runAll();

        assertThat(answers).last().isInstanceOf(TableAnswer.Refused.class);
        assertThat(tables.interestIn(clashing).holders())
                .extracting(InterestHolders.Holder::node)
                .containsExactly(OTHER);
    }
}
