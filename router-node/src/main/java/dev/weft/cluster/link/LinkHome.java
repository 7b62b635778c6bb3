package dev.weft.cluster.link;

import io.netty.channel.EventLoop;

/**
 * The event loop on which a link lives: that of its connection. It changes when the link goes on over a connection of
 * another event loop, and what is run here follows. Thread-safe.
 */
final class LinkHome {
    private volatile EventLoop loop;

    LinkHome(EventLoop first) {
        loop = first;
    }

    EventLoop loop() {
        return loop;
    }

    boolean isHere() {
        return loop.inEventLoop();
    }

    /**
     * Runs {@code task} on the event loop: at once if called on it.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the event loop was shut down
     */
    void run(Runnable task) {
        EventLoop present = loop;
        if (present.inEventLoop()) {
            task.run();
        } else {
            present.execute(() -> run(task));
        }
    }

    /** Runs {@code task} on the event loop, and never within the call: whoever calls may hold locks. */
    void runLater(Runnable task) {
        loop.execute(() -> run(task));
    }

    /** Called on the present event loop, which must leave the link alone from now on. */
    void moveTo(EventLoop next) {
        loop = next;
    }
}
