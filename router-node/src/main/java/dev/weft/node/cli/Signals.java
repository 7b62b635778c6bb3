package dev.weft.node.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import sun.misc.Signal;

/**
 * SIGINT and SIGTERM: the first asks the process to stop, the second ends it at once. Until {@link #ready} the first ends it
 * at once, too: there is nothing to stop yet, and a start may wait for long.
 */
final class Signals {
    private static final int FIRST_STATUS = 128;
    private static final int TERMINATED = FIRST_STATUS + 15;

    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

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

    /** SIGHUP runs {@code reload} from now on, on a thread of its own. */
    void onReload(Runnable reload) {
        Signal.handle(new Signal("HUP"), signal -> reload.run());
    }

    /** From now on there is something to stop. */
    void ready() {
        phase.compareAndSet(Phase.STARTING, Phase.READY);
    }

    /** The parent process is gone: stops as if SIGTERM had come, unless the process is stopping already. */
    void parentGone() {
        if (phase.get() != Phase.STOPPING) {
            stop(ExitStatus.OK, TERMINATED);
        }
    }

    /** The process was asked to stop in another way; a signal that comes then asks for the same. */
    void toldOtherwise() {
        status.complete(ExitStatus.OK);
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
        if (phase.getAndSet(Phase.STOPPING) != Phase.READY) {
            Runtime.getRuntime().halt(now);
        }
        status.complete(afterCleanStop);
    }

    private enum Phase {
        STARTING,
        READY,
        STOPPING
    }
}
