package dev.weft.node.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * SIGINT and SIGTERM: the first asks the process to stop, the second ends it at once. Until {@link #ready} the first ends it
 * at once, too: there is nothing to stop yet, and a start may wait for long.
 */
final class Signals {
    private static final int FIRST_STATUS = 128;
    private static final int TERMINATED = FIRST_STATUS + 15;

    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final AtomicBoolean atOnce = new AtomicBoolean(true);

    /** Takes both signals from now on. */
    static Signals handled() {
        Signals signals = new Signals();
        Signal.handle(new Signal("INT"), signals::received);
        Signal.handle(new Signal("TERM"), signals::received);
        return signals;
    }

    /** Takes SIGTERM only. Ctrl-C goes to every process of a terminal, and here it is the parent's to answer. */
    static Signals handledByParent() {
        Signals signals = new Signals();
        Signal.handle(new Signal("INT"), signal -> {});
        Signal.handle(new Signal("TERM"), signals::received);
        return signals;
    }

    /** From now on there is something to stop. */
    void ready() {
        atOnce.set(false);
    }

    /** Stops as if SIGTERM had come. */
    void stop() {
        stop(ExitStatus.OK, TERMINATED);
    }

    /** Completes, with the status to exit with after a clean stop, when the process has been asked to stop. */
    CompletableFuture<Integer> stopRequest() {
        return status;
    }

    private void received(Signal signal) {
        int clean = signal.getName().equals("INT") ? ExitStatus.INTERRUPTED : ExitStatus.OK;
        stop(clean, FIRST_STATUS + signal.getNumber());
    }

    private void stop(int afterCleanStop, int now) {
        if (atOnce.getAndSet(true)) {
            Runtime.getRuntime().halt(now);
        }
        status.complete(afterCleanStop);
    }
}
