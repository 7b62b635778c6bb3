package dev.weft.cluster.table;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to one history in the order in which they come: while some are written, others gather, and go together.
 * What fails is repeated for some seconds. Confined to the thread that it is given.
 */
final class HistoryWrites {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryWrites.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 20;
    private static final int MOST_EVENTS = 500;
    private static final long MOST_BYTES = 1L << 20;

    /** How events are stored. */
    interface Appender {
        CompletionStage<?> append(List<StoredEvent> events);
    }

    /** Told what came of an event. */
    interface Outcome {
        void over(boolean written);
    }

    private record Write(StoredEvent event, Outcome outcome) {}

    private final TableKey history;
    private final ControlThread thread;
    private final Appender appender;
    private final Deque<Write> waiting = new ArrayDeque<>();
    private List<Write> current = List.of();
    private int attempts;

    /** @param history for logs */
    HistoryWrites(TableKey history, ControlThread thread, Appender appender) {
        this.history = history;
        this.thread = thread;
        this.appender = appender;
    }

    /** @param outcome called once, on the thread */
    void write(StoredEvent event, Outcome outcome) {
        waiting.add(new Write(event, outcome));
        if (current.isEmpty()) {
            begin();
        }
    }

    private void begin() {
        List<Write> batch = new ArrayList<>();
        long bytes = 0;
        while (!waiting.isEmpty() && batch.size() < MOST_EVENTS && bytes < MOST_BYTES) {
            Write next = waiting.remove();
            batch.add(next);
            bytes += HistoryLog.bytesOf(next.event);
        }
        current = batch;
        attempts = 0;
        append();
    }

    private void append() {
        attempts++;
        appender.append(current.stream().map(Write::event).toList())
                .whenCompleteAsync((result, failure) -> over(failure), thread);
    }

    private void over(@Nullable Throwable failure) {
        if (failure != null && attempts < ATTEMPTS) {
            LOG.debug("The history of {} is written again: {}", history, failure.toString());
            thread.later(RETRY, this::append);
            return;
        }
        if (failure != null) {
            LOG.warn("{} events are not in the history of {}: {}", current.size(), history, failure.toString());
        }
        List<Write> over = current;
        current = List.of();
        if (!waiting.isEmpty()) {
            begin();
        }
        over.forEach(write -> write.outcome.over(failure == null));
    }
}
