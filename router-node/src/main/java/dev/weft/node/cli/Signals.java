package dev.weft.node.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/** SIGINT and SIGTERM: the first asks the process to stop, the second ends it at once. */
final class Signals {
    private static final int FIRST_STATUS = 128;

    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final AtomicBoolean stopping = new AtomicBoolean();

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

    /** Stops as if SIGTERM had come. */
    void stop() {
        status.complete(ExitStatus.OK);
    }

    /** Completes, with the status to exit with after a clean stop, when the process has been asked to stop. */
    CompletableFuture<Integer> stopRequest() {
        return status;
    }

    private void received(Signal signal) {
        if (stopping.getAndSet(true)) {
            Runtime.getRuntime().halt(FIRST_STATUS + signal.getNumber());
        }
        status.complete(signal.getName().equals("INT") ? ExitStatus.INTERRUPTED : ExitStatus.OK);
    }
}
