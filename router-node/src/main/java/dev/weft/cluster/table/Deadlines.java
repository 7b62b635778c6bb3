package dev.weft.cluster.table;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Gives up on requests that were not answered in time, within a second. Their order is that of their deadlines, so one
 * queue and one timer are enough for any number. Confined to the control thread.
 */
final class Deadlines {
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private record Deadline(Request request, long nanoTime) {}

    private final ControlThread control;
    private final long limitNanos;
    private final Deque<Deadline> pending = new ArrayDeque<>();
    private boolean armed;

    Deadlines(ControlThread control, Duration limit) {
        this.control = control;
        this.limitNanos = limit.toNanos();
    }

    void watch(Request request) {
        if (request.isAnswered()) {
            return;
        }
        pending.add(new Deadline(request, control.nanoTime() + limitNanos));
        arm();
    }

    private void arm() {
        if (!armed && !pending.isEmpty()) {
            armed = true;
            control.later(SWEEP, this::sweep);
        }
    }

    private void sweep() {
        armed = false;
        long now = control.nanoTime();
        Deadline first = pending.peek();
        while (first != null && (first.request.isAnswered() || first.nanoTime - now <= 0)) {
            pending.poll();
            first.request.giveUp();
            first = pending.peek();
        }
        arm();
    }
}
