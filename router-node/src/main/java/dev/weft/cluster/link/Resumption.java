package dev.weft.cluster.link;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a suspended link comes to its next connection: the grace in which that has to come, and which connection it is. On
 * the event loop of the link, which moves to that of the connection that is granted the link.
 */
final class Resumption {
    private final LinkHome home;
    private final LinkInbox inbox;
    private final LongSupplier clock;
    private final long graceNanos;
    private final Runnable missed;
    private @Nullable Successor successor;
    private @Nullable Future<?> graceTimer;
    private long graceEnds;

    /** @param missed run when the grace is over and no connection has come */
    Resumption(LinkHome home, LinkInbox inbox, LinkEnvironment environment, Runnable missed) {
        this.home = home;
        this.inbox = inbox;
        this.clock = environment.clock();
        this.graceNanos = environment.options().times().resumeGrace().toNanos();
        this.missed = missed;
    }

    /** The link is suspended. */
    void begin() {
        graceEnds = clock.getAsLong() + graceNanos;
        awaitEndOfGrace();
    }

    private void awaitEndOfGrace() {
        long rest = graceEnds - clock.getAsLong();
        EventLoop loop = home.loop();
        graceTimer = loop.schedule(() -> graceOver(loop), Math.max(0, rest), TimeUnit.NANOSECONDS);
    }

    private void graceOver(EventLoop loop) {
        if (home.loop() == loop) {
            missed.run();
        }
    }

    private void stopGraceTimer() {
        if (graceTimer != null) {
            graceTimer.cancel(false);
            graceTimer = null;
        }
    }

    /** The suspended link moves to the event loop of {@code next}, which is granted it there, unless another comes first. */
    void grant(Successor next) {
        Successor earlier = successor;
        if (earlier != null) {
            earlier.superseded();
        }
        stopGraceTimer();
        successor = next;
        home.moveTo(next.loop());
        next.loop().execute(() -> {
            if (successor == next) {
                awaitEndOfGrace();
                next.granted(inbox.handled());
            }
        });
    }

    /** Whether {@code next} may go on with the link: no later one has been granted it, and the link has not ended. */
    boolean isGrantedTo(Successor next) {
        return successor == next;
    }

    /** The link goes on. Returns false if the grace is over. */
    boolean complete() {
        successor = null;
        if (clock.getAsLong() > graceEnds) {
            return false;
        }
        stopGraceTimer();
        return true;
    }

    /** The link is down: nothing is waited for, and whoever was granted the link is told. */
    void end() {
        stopGraceTimer();
        Successor refused = successor;
        successor = null;
        if (refused != null) {
            refused.refused();
        }
    }
}
