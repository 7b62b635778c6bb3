package dev.weft.cluster.table;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.cluster.table.TableStore.InterestOffer;
import dev.weft.directory.TableAnswer;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.LocalLane;
import dev.weft.link.CalleeAdded;
import dev.weft.link.CalleeTraits;
import dev.weft.link.NodeId;
import dev.weft.link.TableChange;
import dev.weft.testkit.TestLanes;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One node's tables on their own, with a store and peers that do what the test says. */
abstract class TableOwnerFixture {
    static final NodeId SELF = new NodeId("self", 1);
    static final NodeId OTHER = new NodeId("other", 2);
    static final TableKey TOPIC = new TableKey("realm1", MatchPolicy.EXACT, "com.example.topic");
    static final TableKey PROCEDURE = new TableKey("realm1", MatchPolicy.EXACT, "com.example.procedure");

    final LocalTableStore tables = new LocalTableStore();
    final StubbornStore store = new StubbornStore(tables);
    final RecordedMirror mirror = new RecordedMirror();
    final ManualControl control = new ManualControl();
    final TableOwner owner = new TableOwner(SELF, store, mirror, control, TableSettings.DEFAULT);
    final LocalLane loop0 = TestLanes.local(0);
    final LocalLane loop1 = TestLanes.local(1);
    final List<TableAnswer> answers = new ArrayList<>();
    final List<String> events = new ArrayList<>();

    long id() {
        return tables.interestIn(TOPIC).subscription();
    }

    void subscribe(LocalLane loop) {
        owner.addInterest("realm1", MatchPolicy.EXACT, TOPIC.uri(), loop, answers::add);
        control.runAll();
    }

    void unsubscribe(LocalLane loop) {
        owner.removeInterest("realm1", MatchPolicy.EXACT, TOPIC.uri(), loop, () -> events.add("removed"));
        control.runAll();
    }

    void register(long session, InvocationPolicy invoke) {
        owner.addCallee(claim(session, invoke), loop0, answers::add);
        control.runAll();
    }

    static CalleeClaim claim(long session, InvocationPolicy invoke) {
        return new CalleeClaim("realm1", MatchPolicy.EXACT, PROCEDURE.uri(), invoke, session);
    }

    static CalleeAdded calleeOf(long session, InvocationPolicy invoke) {
        return new CalleeAdded(
                "realm1", MatchPolicy.EXACT, PROCEDURE.uri(), invoke, 5, 1, session, 1, 0, CalleeTraits.NONE);
    }

    /** A peer whose link has just come up and that has acknowledged the snapshot. */
    FakePeer linked() {
        FakePeer peer = new FakePeer();
        owner.linkUp(peer, () -> events.add("counted in"));
        control.runAll();
        peer.acknowledge();
        peer.snapshot.addAll(peer.told);
        peer.told.clear();
        return peer;
    }

    final class FakePeer implements Peer {
        boolean isFenced;

        @Override
        public NodeId node() {
            return OTHER;
        }

        @Override
        public void fence() {
            isFenced = true;
        }

        final List<TableChange> snapshot = new ArrayList<>();
        final List<TableChange> told = new ArrayList<>();
        final Deque<Runnable> acknowledgements = new ArrayDeque<>();

        @Override
        public void tell(TableChange change, @Nullable Runnable acknowledged) {
            told.add(change);
            if (acknowledged != null) {
                acknowledgements.add(acknowledged);
            }
        }

        void acknowledge() {
            acknowledgements.remove().run();
            control.runAll();
        }
    }

    /** A store that can be out of reach. */
    static final class StubbornStore implements TableStore {
        final TableStore store;
        boolean isDown;
        boolean isPurgeDown;

        StubbornStore(TableStore store) {
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

        static <T> CompletionStage<T> failed() {
            return CompletableFuture.failedStage(new IllegalStateException("out of reach"));
        }
    }
}
