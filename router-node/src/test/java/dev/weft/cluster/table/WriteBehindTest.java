package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.table.TableStore.CalleeOffer;
import dev.weft.cluster.table.TableStore.Decision;
import dev.weft.cluster.table.TableStore.InterestOffer;
import dev.weft.link.NodeId;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What is written, when, and how much of it at once. */
class WriteBehindTest {
    private static final NodeId SELF = new NodeId("self", 1);
    private static final int AT_ONCE = 512;

    private final SlowStore slow = new SlowStore();
    private final RecordedMirror mirror = new RecordedMirror();
    private final ManualControl control = new ManualControl();
    private final List<String> told = new ArrayList<>();
    private final WriteBehind store = new WriteBehind(slow, mirror, control, () -> told.add("idle"));

    private static TableKey topic(int number) {
        return new TableKey("realm1", MatchPolicy.EXACT, "com.example.t" + number);
    }

    private void subscribe(int number) {
        store.addInterest(topic(number), new InterestOffer(SELF, number, false, 1));
    }

    @Test
    void noMoreThanSomeWritesAreUnderWayAndAllComeToTheirTurnInOrder() {
        for (int i = 1; i <= 2000; i++) {
            subscribe(i);
        }
        assertThat(slow.pending).hasSize(AT_ONCE);
        while (!slow.pending.isEmpty()) {
            assertThat(slow.pending.size()).isLessThanOrEqualTo(AT_ONCE);
            assertThat(told).isEmpty();
            slow.finishOne();
            control.runAll();
        }
        assertThat(slow.asked).hasSize(2000).first().isEqualTo("add t1");
        assertThat(slow.asked).last().isEqualTo("add t2000");
        assertThat(told).containsExactly("idle");
        assertThat(store.isIdle()).isTrue();
    }

    @Test
    void whoRegistersDoesNotWaitForThem() {
        for (int i = 1; i <= 2000; i++) {
            subscribe(i);
        }
        store.addCallee(topic(0), new CalleeOffer(InvocationPolicy.SINGLE, SELF, 7, 5, 0, 1, 1), Map.of());
        assertThat(slow.asked).last().isEqualTo("callee t0");
    }

    @Test
    void ofWhatWaitsForAnEntryOnlyTheLastIsWritten() {
        subscribe(1);
        store.removeInterest(topic(1), SELF);
        subscribe(1);
        store.removeInterest(topic(1), SELF);
        slow.finishAll(control);
        assertThat(slow.asked).containsExactly("add t1", "remove t1");
    }

    @Test
    void aRenewalThatSomethingElseOvertakesIsOver() {
        subscribe(1);
        CompletionStage<Decision> renewed = store.addInterest(topic(1), new InterestOffer(SELF, 1, true, 2));
        assertThat(renewed.toCompletableFuture()).isNotDone();
        store.removeInterest(topic(1), SELF);
        assertThat(renewed.toCompletableFuture()).isCompletedExceptionally();
        slow.finishAll(control);
        assertThat(slow.asked).containsExactly("add t1", "remove t1");
    }

    @Test
    void anEntryIsInFluxUntilTheLastOfItIsWritten() {
        subscribe(1);
        store.removeInterest(topic(1), SELF);
        assertThat(slow.changing).hasSize(1);
        CompletableFuture<?> over = slow.changing.get(0).toCompletableFuture();
        slow.finishOne();
        control.runAll();
        assertThat(over).isNotDone();
        slow.finishAll(control);
        assertThat(over).isDone();
    }

    /** Does nothing until it is told to. */
    private static final class SlowStore implements TableStore {
        private final List<String> asked = new ArrayList<>();
        private final List<CompletionStage<?>> changing = new ArrayList<>();
        private final Deque<Runnable> pending = new ArrayDeque<>();

        private void finishOne() {
            pending.remove().run();
        }

        private void finishAll(ManualControl control) {
            while (!pending.isEmpty()) {
                finishOne();
                control.runAll();
            }
        }

        private <T> CompletionStage<T> later(String what, TableKey key, T result) {
            asked.add(what + " " + key.uri().replace("com.example.", ""));
            CompletableFuture<T> over = new CompletableFuture<>();
            pending.add(() -> over.complete(result));
            return over;
        }

        @Override
        public void interestWillChange(TableKey key, CompletionStage<?> over) {
            changing.add(over);
        }

        @Override
        public CompletionStage<Decision> addInterest(TableKey key, InterestOffer offer) {
            return later("add", key, new Decision.Granted(offer.id(), 0, 0));
        }

        @Override
        public CompletionStage<Void> removeInterest(TableKey key, NodeId owner) {
            return later("remove", key, null);
        }

        @Override
        public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Map<NodeId, Long> dead) {
            return later("callee", key, new Decision.Granted(offer.id(), 1, 1));
        }

        @Override
        public CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session) {
            return later("gone", key, null);
        }

        @Override
        public CompletionStage<Long> purge(Stale stale) {
            return CompletableFuture.completedStage(0L);
        }
    }
}
