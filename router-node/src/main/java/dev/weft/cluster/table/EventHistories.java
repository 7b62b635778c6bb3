package dev.weft.cluster.table;

import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.directory.HistoryAnswer;
import dev.weft.directory.HistoryQuery;
import dev.weft.directory.TopicHistory;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.MatchPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The histories of topics and patterns, as this node writes and reads them. Events wait on a thread of its own until they
 * are stored, bounded in bytes: while the store stalls, what is beyond is dropped and counted. Thread-safe.
 */
public final class EventHistories {
    private static final Logger LOG = LoggerFactory.getLogger(EventHistories.class);

    /** So long a publisher that wants to know waits while the store stalls. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What may wait to be stored, of all histories. */
    static final long MOST_WAITING = 64L << 20;

    private static final long[] NONE = {};

    private final HistoryStore store;
    private final ControlThread thread;
    private final InstantSource clock;
    private final HistoryCounters counters = new HistoryCounters();
    private final AtomicLong waiting = new AtomicLong();
    private final List<CompletableFuture<Void>> settling = new ArrayList<>();

    /** @param clock for people, and for how old events are */
    EventHistories(HistoryStore store, ControlThread thread, InstantSource clock) {
        this.store = store;
        this.thread = thread;
        this.clock = clock;
    }

    /** Those of a node which is a cluster by itself. */
    public static EventHistories alone(ControlThread thread, InstantSource clock) {
        return new EventHistories(new LocalHistoryStore(), thread, clock);
    }

    /** Those of a member of a cluster. */
    public static EventHistories in(HazelcastMembership membership, ControlThread thread, InstantSource clock) {
        return new EventHistories(new HazelcastHistoryStore(membership), thread, clock);
    }

    public HistoryCounters counters() {
        return counters;
    }

    /** Completes when nothing waits to be stored. */
    public CompletionStage<Void> settled() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        thread.execute(() -> {
            settling.add(settled);
            tellIfSettled();
        });
        return settled;
    }

    private void tellIfSettled() {
        if (waiting.get() == 0) {
            settling.forEach(settled -> settled.complete(null));
            settling.clear();
        }
    }

    /** The history of a topic or pattern. */
    public TopicHistory of(String realm, MatchPolicy match, String uri, HistoryBounds bounds) {
        return new History(new TableKey(realm, match, uri), bounds);
    }

    private final class History implements TopicHistory {
        private final TableKey key;
        private final HistoryBounds bounds;
        private final long subscription;
        private final HistoryWrites writes;

        private History(TableKey key, HistoryBounds bounds) {
            this.key = key;
            this.bounds = bounds;
            this.subscription = TakenIds.subscriptionOf(key);
            this.writes = new HistoryWrites(key, thread, events -> store.append(key, events, bounds, clock.millis()));
        }

        @Override
        public long subscription() {
            return subscription;
        }

        @Override
        public void record(RoutedEvent event, @Nullable Runnable done) {
            Runnable answer = done == null ? () -> {} : done;
            if (event.receivers() != null && event.receivers().namesSessions()) {
                answer.run();
                return;
            }
            StoredEvent stored = new StoredEvent(clock.millis(), bare(event.keep()));
            long bytes = HistoryLog.bytesOf(stored);
            if (bytes > bounds.bytes()) {
                counters.refuse();
                answer.run();
            } else if (waiting.addAndGet(bytes) > MOST_WAITING) {
                waiting.addAndGet(-bytes);
                counters.drop();
                answer.run();
            } else {
                thread.execute(() -> write(stored, bytes, done));
            }
        }

        private void write(StoredEvent event, long bytes, @Nullable Runnable done) {
            Runnable answer = done == null ? () -> {} : new Once(done);
            if (done != null) {
                thread.later(PATIENCE, answer);
            }
            writes.write(event, written -> {
                waiting.addAndGet(-bytes);
                counters.written(written);
                answer.run();
                tellIfSettled();
            });
        }

        @Override
        public void find(HistoryQuery query, LocalLane lane, Consumer<HistoryAnswer> found) {
            store.find(key, query, clock.millis())
                    .whenCompleteAsync(
                            (page, failure) -> {
                                if (failure != null) {
                                    LOG.warn("Nobody knows the history of {}: {}", key, failure.toString());
                                }
                                HistoryAnswer answer =
                                        failure == null ? page.answer() : new HistoryAnswer.Unavailable();
                                answer(lane, () -> found.accept(answer));
                            },
                            thread);
        }
    }

    /** Without what concerns its delivery only. */
    private static RoutedEvent bare(RoutedEvent event) {
        EventDetails details = event.details();
        EventDetails lasting = details.retained() || details.trace() != null
                ? new EventDetails(details.publisher(), null, false, details.trustlevel(), details.ppt())
                : details;
        return new RoutedEvent(
                event.realm(),
                event.publication(),
                event.topic(),
                NONE,
                0,
                lasting,
                event.receivers(),
                event.payload());
    }

    private static void answer(LocalLane lane, Runnable answer) {
        try {
            lane.run(answer);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("{} has stopped and takes no answer", lane.name());
        }
    }
}
