package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.InterestOffer;
import dev.weft.directory.TableDirectory.CalleeClaim;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import dev.weft.testkit.TestLanes;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What this node holds, and what the cluster has stored of it. */
class StoreAuditTest {
    private static final NodeId SELF = new NodeId("self", 1);
    private static final NodeId OTHER = new NodeId("other", 2);
    private static final String REALM = "realm1";

    private final LocalTableStore tables = new LocalTableStore();
    private final LateStore store = new LateStore();
    private final StoreFlux flux = new StoreFlux(store);
    private final ManualControl control = new ManualControl();
    private final ManualControl background = new ManualControl();
    private final TableOwner owner = new TableOwner(SELF, flux, new RecordedMirror(), control, TableSettings.DEFAULT);
    private final AuditCounters counters = owner.audits();
    private final StoreAudit audit = new StoreAudit(SELF, new Stored(), flux, control, background, counters, true);
    private final LocalLane loop = TestLanes.local(0);
    private Random random = new Random(1);

    StoreAuditTest() {
        owner.comparedBy(audit);
    }

    private static TableKey topic(int number) {
        return new TableKey(REALM, MatchPolicy.EXACT, "com.example.t" + number);
    }

    private static TableKey procedure(int number) {
        return new TableKey(REALM, MatchPolicy.EXACT, "com.example.p" + number);
    }

    private void subscribe(int number) {
        owner.addInterest(REALM, MatchPolicy.EXACT, topic(number).uri(), loop, answer -> {});
    }

    private static CalleeClaim claim(int number) {
        return new CalleeClaim(
                REALM, MatchPolicy.EXACT, procedure(number % 10).uri(), InvocationPolicy.ROUNDROBIN, 1 + number / 10);
    }

    private void hold() {
        for (int i = 0; i < 100; i++) {
            subscribe(i);
            owner.addCallee(claim(i), loop, answer -> {});
        }
        settle();
        tables.addInterest(topic(3), new InterestOffer(OTHER, 1, false, 1));
    }

    private boolean step() {
        List<Runnable> ready = new ArrayList<>();
        if (!control.isIdle()) {
            ready.add(control::runOne);
        }
        if (!background.isIdle()) {
            ready.add(background::runOne);
        }
        if (!store.waiting.isEmpty()) {
            ready.add(() -> store.waiting.remove().run());
        }
        Collections.shuffle(ready, random);
        if (ready.isEmpty()) {
            return false;
        }
        ready.get(0).run();
        return true;
    }

    private void settle() {
        while (step()) {
            // until nothing waits
        }
    }

    private List<TableDifference> verify(boolean repair) {
        CompletableFuture<List<TableDifference>> answer = audit.verify(repair);
        settle();
        assertThat(answer).isDone();
        return answer.join();
    }

    private void isFoundAndMended(TableKind kind, int ghosts) {
        List<TableDifference> seen = verify(false);
        assertThat(seen).hasSize(1).allMatch(difference -> !difference.repaired());
        assertThat(seen.get(0).table()).isEqualTo(kind);
        assertThat(seen.get(0).where()).isEqualTo("hazelcast");
        assertThat(verify(true)).hasSize(1).allMatch(TableDifference::repaired);
        assertThat(counters.status().storeDifferencesRepaired()).isOne();
        assertThat(counters.status().storeEntriesDropped()).isEqualTo(ghosts);
        assertThat(verify(false)).isEmpty();
    }

    @Test
    void whatIsStoredAsItIsHeldIsLeftAlone() {
        hold();
        assertThat(verify(true)).isEmpty();
        assertThat(counters.status().storeComparisons()).isEqualTo(2);
        assertThat(counters.status().storeBucketsLeft()).isZero();
    }

    @Test
    void anEntryThatTheStoreLostIsStoredAgain() {
        hold();
        tables.removeInterest(topic(7), SELF);
        isFoundAndMended(TableKind.INTEREST, 0);
        assertThat(tables.interestIn(topic(7))).isNotNull();
    }

    @Test
    void aCalleeThatTheStoreLostIsStoredAgainInItsPlace() {
        hold();
        CalleeRoster before = tables.calleesOf(procedure(4));
        CalleeRoster.Callee lost = before.callees().get(0);
        tables.removeCallee(procedure(4), SELF, lost.session());
        isFoundAndMended(TableKind.CALLEES, 0);
        assertThat(tables.calleesOf(procedure(4)).callees()).contains(lost);
    }

    @Test
    void whatIsStoredAndNotHeldIsRemoved() {
        hold();
        tables.addInterest(topic(1000), new InterestOffer(SELF, 55, false, 1));
        isFoundAndMended(TableKind.INTEREST, 1);
        assertThat(tables.interestIn(topic(1000))).isNull();
        tables.addCallee(procedure(1000), new CalleeOffer(InvocationPolicy.SINGLE, SELF, 999, 5, 0, 1, 1), Map.of());
        assertThat(verify(true)).hasSize(1);
        assertThat(tables.calleesOf(procedure(1000))).isNull();
    }

    @Test
    void whatAnotherNodeHoldsIsNoneOfItsBusiness() {
        hold();
        tables.addInterest(topic(2000), new InterestOffer(OTHER, 56, false, 1));
        assertThat(verify(true)).isEmpty();
        assertThat(tables.interestIn(topic(2000))).isNotNull();
    }

    @Test
    void aStoreThatDoesNotAnswerIsAskedAgainTheNextTime() {
        hold();
        store.isBroken = true;
        CompletableFuture<List<TableDifference>> answer = audit.verify(false);
        settle();
        assertThat(answer).isCompletedExceptionally();
        store.isBroken = false;
        assertThat(verify(false)).isEmpty();
    }

    @Test
    void whatWaitsToBeWrittenIsNoDifference() {
        for (int i = 0; i < 2000; i++) {
            subscribe(i);
        }
        control.runAll();
        CompletableFuture<List<TableDifference>> answer = audit.verify(false);
        while (!answer.isDone()) {
            control.runAll();
            background.runAll();
        }
        assertThat(answer.join()).isEmpty();

        settle();
        assertThat(verify(false)).isEmpty();
        assertThat(counters.status().storeDifferencesFound()).isZero();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whileMuchChangesNothingIsFoundThatIsNotSoAndDamageIsMendedInTheEnd(long seed) {
        random = new Random(seed);
        for (int i = 0; i < 600; i++) {
            switch (random.nextInt(14)) {
                case 0 -> audit.verify(true);
                case 1 -> subscribe(random.nextInt(50));
                case 2 ->
                    owner.removeInterest(
                            REALM, MatchPolicy.EXACT, topic(random.nextInt(50)).uri(), loop, () -> {});
                case 3 -> owner.addCallee(claim(random.nextInt(50)), loop, answer -> {});
                case 4 -> owner.removeCallee(claim(random.nextInt(50)), 0, loop, () -> {});
                default -> step();
            }
        }
        settle();
        assertThat(counters.status().storeDifferencesFound())
                .as("seed %s", seed)
                .isZero();
        for (int i = 0; i < 5; i++) {
            tables.removeInterest(topic(random.nextInt(50)), SELF);
            tables.addInterest(topic(100 + random.nextInt(50)), new InterestOffer(SELF, 1000 + i, false, 1));
            tables.removeCallee(procedure(random.nextInt(10)), SELF, 1 + random.nextInt(5));
        }
        verify(true);
        assertThat(counters.status().storeDifferencesFound())
                .as("seed %s", seed)
                .isPositive();
        assertThat(verify(false)).as("seed %s", seed).isEmpty();
    }

    private final class Stored implements StoredTables {
        @Override
        public BucketSums sums(TableKind table, NodeId of) {
            if (store.isBroken) {
                throw new IllegalStateException("the member is gone");
            }
            return tables.sums(table, of);
        }

        @Override
        public List<TableChange> entries(TableKind table, NodeId of, int bucket) {
            return tables.entries(table, of, bucket);
        }
    }

    /** Does what it is told some time later. */
    private final class LateStore implements TableStore {
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private boolean isBroken;

        private <T> CompletionStage<T> later(Supplier<CompletionStage<T>> operation) {
            CompletableFuture<T> done = new CompletableFuture<>();
            waiting.add(() -> operation.get().whenComplete((result, failure) -> done.complete(result)));
            return done;
        }

        @Override
        public CompletionStage<Decision> addInterest(TableKey key, InterestOffer offer) {
            return later(() -> tables.addInterest(key, offer));
        }

        @Override
        public CompletionStage<Void> removeInterest(TableKey key, NodeId node) {
            return later(() -> tables.removeInterest(key, node));
        }

        @Override
        public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Map<NodeId, Long> dead) {
            return later(() -> tables.addCallee(key, offer, dead));
        }

        @Override
        public CompletionStage<Void> removeCallee(TableKey key, NodeId node, long session) {
            return later(() -> tables.removeCallee(key, node, session));
        }

        @Override
        public CompletionStage<Long> purge(Stale stale) {
            return later(() -> tables.purge(stale));
        }
    }
}
