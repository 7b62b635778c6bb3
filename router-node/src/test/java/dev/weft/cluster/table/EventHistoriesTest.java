package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.directory.HistoryQuery;
import dev.weft.directory.TopicHistory;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.SerializerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventHistoriesTest {
    private static final HistoryBounds BOUNDS = new HistoryBounds(100_000, 64 << 20, 0);

    /** Answers when it is told to. */
    private static final class Stalled implements HistoryStore {
        private final List<List<Long>> written = new ArrayList<>();
        private final Queue<CompletableFuture<@Nullable Void>> open = new ArrayDeque<>();

        @Override
        public CompletionStage<?> append(TableKey history, List<StoredEvent> events, HistoryBounds bounds, long now) {
            written.add(
                    events.stream().map(event -> event.event().publication()).toList());
            CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();
            open.add(answer);
            return answer;
        }

        @Override
        public CompletionStage<HistoryPage> find(TableKey history, HistoryQuery query, long now) {
            return CompletableFuture.failedStage(new IllegalStateException("it stalls"));
        }
    }

    private static final class Tasks implements ControlThread {
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private final List<Runnable> later = new ArrayList<>();

        void run() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }

        void lapse() {
            List<Runnable> due = List.copyOf(later);
            later.clear();
            due.forEach(Runnable::run);
            run();
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void later(Duration delay, Runnable task) {
            later.add(task);
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    }

    private final Stalled store = new Stalled();
    private final Tasks tasks = new Tasks();
    private final EventHistories histories =
            new EventHistories(store, tasks, InstantSource.fixed(Instant.ofEpochMilli(1)));
    private final TopicHistory history = histories.of("realm1", MatchPolicy.EXACT, "com.example.a", BOUNDS);
    private final AtomicInteger answers = new AtomicInteger();

    private static RoutedEvent event(long publication, int bytes, @Nullable ReceiverFilter receivers) {
        Payload payload = Payload.of(SerializerId.JSON, 1, new byte[bytes]);
        return new RoutedEvent(
                "realm1", publication, "com.example.a", new long[0], 0, EventDetails.DEFAULT, receivers, payload);
    }

    private void record(long publication) {
        history.record(event(publication, 10, null), answers::incrementAndGet);
        tasks.run();
    }

    private void answer(@Nullable Throwable failure) {
        CompletableFuture<@Nullable Void> open = store.open.remove();
        if (failure == null) {
            open.complete(null);
        } else {
            open.completeExceptionally(failure);
        }
        tasks.run();
    }

    @Test
    void whileOneIsWrittenTheOthersGatherAndGoTogetherInTheirOrder() {
        for (int i = 1; i <= 5; i++) {
            record(i);
        }
        assertThat(store.written).containsExactly(List.of(1L));
        answer(null);
        assertThat(store.written).containsExactly(List.of(1L), List.of(2L, 3L, 4L, 5L));
        assertThat(answers).hasValue(1);
        answer(null);
        assertThat(answers).hasValue(5);
        assertThat(histories.counters().kept()).isEqualTo(5);
    }

    @Test
    void whatFailsIsWrittenAgainBeforeWhatCameLaterAndInTheEndItIsLostAndCounted() {
        record(1);
        record(2);
        answer(new IllegalStateException("stalled"));
        tasks.lapse();
        assertThat(store.written).containsExactly(List.of(1L), List.of(1L));
        assertThat(answers).as("the publishers waited long enough").hasValue(2);
        for (int i = 0; i < 19; i++) {
            answer(new IllegalStateException("stalled"));
            tasks.lapse();
        }
        assertThat(histories.counters().lost()).isEqualTo(1);
        assertThat(store.written).endsWith(List.of(1L), List.of(2L));
        answer(null);
        assertThat(histories.counters().kept()).isEqualTo(1);
        assertThat(answers).hasValue(2);
    }

    @Test
    void whileTheStoreStallsWhatWaitsIsBoundedAndWhatIsBeyondIsCounted() {
        int megabyte = 1 << 20;
        for (int i = 1; i <= 100; i++) {
            history.record(event(i, megabyte, null), answers::incrementAndGet);
        }
        tasks.run();
        long dropped = histories.counters().dropped();
        assertThat(dropped).isBetween(36L, 38L);
        assertThat(answers).hasValue((int) dropped);
        CompletableFuture<Void> settled = histories.settled().toCompletableFuture();
        tasks.run();
        assertThat(settled).isNotDone();
        while (!store.open.isEmpty()) {
            answer(null);
        }
        assertThat(settled).isDone();
        assertThat(histories.counters().kept()).isEqualTo(100 - dropped);
        record(101);
        assertThat(histories.counters().dropped()).isEqualTo(dropped);
    }

    @Test
    void whatIsForSingleSessionsOrLargerThanAllIsNotWritten() {
        history.record(
                event(1, 10, new ReceiverFilter(List.of(5L), null, null, null, null, null)), answers::incrementAndGet);
        history.record(
                event(2, 10, new ReceiverFilter(null, null, null, List.of(), null, null)), answers::incrementAndGet);
        histories
                .of("realm1", MatchPolicy.EXACT, "com.example.b", new HistoryBounds(10, 1024, 0))
                .record(event(3, 1024, null), answers::incrementAndGet);
        tasks.run();
        assertThat(store.written).isEmpty();
        assertThat(answers).hasValue(3);
        assertThat(histories.counters().refused()).isEqualTo(1);
    }
}
