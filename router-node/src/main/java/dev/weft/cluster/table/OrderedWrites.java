package dev.weft.cluster.table;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to a store, those of one place one after the other in the order asked for. One that fails is repeated for some
 * seconds. Bounded in bytes: while the store stalls, what is beyond is not written. Confined to the control thread.
 */
final class OrderedWrites<K> {
    private static final Logger LOG = LoggerFactory.getLogger(OrderedWrites.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 20;
    private static final long MOST_BYTES = 64L << 20;

    private static final class Write {
        private final Supplier<? extends CompletionStage<?>> action;
        private final int bytes;
        private final Consumer<Boolean> over;
        private int attempts;

        private Write(Supplier<? extends CompletionStage<?>> action, int bytes, Consumer<Boolean> over) {
            this.action = action;
            this.bytes = bytes;
            this.over = over;
        }
    }

    private final ControlThread control;
    private final Map<K, Deque<Write>> lines = new HashMap<>();
    private long waiting;

    OrderedWrites(ControlThread control) {
        this.control = control;
    }

    /** @param over is given whether it was written, on the control thread */
    void write(K place, int bytes, Supplier<? extends CompletionStage<?>> action, Consumer<Boolean> over) {
        if (waiting + bytes > MOST_BYTES) {
            over.accept(false);
            return;
        }
        waiting += bytes;
        Deque<Write> line = lines.computeIfAbsent(place, none -> new ArrayDeque<>(1));
        line.add(new Write(action, bytes, over));
        if (line.size() == 1) {
            run(place, line);
        }
    }

    private void run(K place, Deque<Write> line) {
        Write write = line.getFirst();
        write.attempts++;
        write.action
                .get()
                .whenCompleteAsync(
                        (result, failure) -> {
                            if (failure != null && write.attempts < ATTEMPTS) {
                                LOG.debug("{} is written again: {}", place, failure.toString());
                                control.later(RETRY, () -> run(place, line));
                                return;
                            }
                            if (failure != null) {
                                LOG.warn("An event of {} is not kept: {}", place, failure.toString());
                            }
                            end(place, line, write, failure == null);
                        },
                        control);
    }

    private void end(K place, Deque<Write> line, Write write, boolean written) {
        line.removeFirst();
        waiting -= write.bytes;
        if (line.isEmpty()) {
            lines.remove(place);
        } else {
            run(place, line);
        }
        write.over.accept(written);
    }
}
