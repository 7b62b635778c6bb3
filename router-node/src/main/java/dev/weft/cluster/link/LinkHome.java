package dev.weft.cluster.link;

import dev.weft.link.NodeId;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop on which a link lives: that of its connection. It changes when the link goes on over a connection of
 * another event loop, and what is run here follows. When the event loop was shut down, the link went with it, and nothing is
 * run. Thread-safe.
 */
final class LinkHome {
    private static final Logger LOG = LoggerFactory.getLogger(LinkHome.class);

    private final NodeId peer;
    private volatile EventLoop loop;

    LinkHome(NodeId peer, EventLoop first) {
        this.peer = peer;
        this.loop = first;
    }

    EventLoop loop() {
        return loop;
    }

    boolean isHere() {
        return loop.inEventLoop();
    }

    /** Runs {@code task} on the event loop: at once if called on it. */
    void run(Runnable task) {
        EventLoop present = loop;
        if (present.inEventLoop()) {
            task.run();
        } else {
            execute(present, task);
        }
    }

    /** Runs {@code task} on the event loop, and never within the call: whoever calls may hold locks. */
    void runLater(Runnable task) {
        execute(loop, task);
    }

    private void execute(EventLoop present, Runnable task) {
        try {
            present.execute(() -> run(task));
        } catch (RejectedExecutionException loopIsGone) {
            LOG.debug("link to {} went with its event loop", peer);
        }
    }

    /** Called on the present event loop, which must leave the link alone from now on. */
    void moveTo(EventLoop next) {
        loop = next;
    }
}
