package dev.weft.broker;

import java.util.concurrent.atomic.AtomicInteger;

/** Runs an action when as many as expected have said that they are done. Thread-safe. */
final class Countdown implements Runnable {
    private final AtomicInteger left;
    private final Runnable action;

    /** @param expected 1 or more, each of which calls once */
    Countdown(int expected, Runnable action) {
        this.left = new AtomicInteger(expected);
        this.action = action;
    }

    @Override
    public void run() {
        if (left.decrementAndGet() == 0) {
            action.run();
        }
    }
}
