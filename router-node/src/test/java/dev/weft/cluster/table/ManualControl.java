package dev.weft.cluster.table;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A control thread that runs when the test says so. */
final class ManualControl implements ControlThread {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Runnable> timers = new ArrayList<>();
    /** Such that it will overflow soon, as it may. */
    private long now = Long.MAX_VALUE - 5;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void later(Duration delay, Runnable task) {
        timers.add(task);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /** Lets time pass and nothing else happen. */
    void pass(Duration time) {
        now += time.toNanos();
    }

    boolean isIdle() {
        return tasks.isEmpty();
    }

    void runOne() {
        tasks.remove().run();
    }

    void runAll() {
        while (!tasks.isEmpty()) {
            runOne();
        }
    }

    /** Lets the time of all timers come. */
    void fireTimers() {
        fireTimersOnly();
        runAll();
    }

    /** Lets the time of all timers come; what they do waits for its turn. */
    void fireTimersOnly() {
        tasks.addAll(timers);
        timers.clear();
    }
}
