package dev.weft.node.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * SIGINT and SIGTERM: the first asks the process to stop, the second ends it at once. Until {@link #ready} the first
 * interrupts the thread that starts, so that what has joined a cluster leaves it; if that takes too long, it ends the process.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final int FIRST_STATUS = 128;
    private static final int TERMINATED = FIRST_STATUS + 15;

    /** So long a start may take to come to its end. */
    private static final int ABANDON_SECONDS = 10;

    private final Thread starting = Thread.currentThread();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private Phase phase = Phase.STARTING;

    private Signals() {}

    /** Passes over SIGHUP, which would end the process, until there is something to reload. */
    static void passOverReloads() {
        Signal.handle(new Signal("HUP"), signal -> LOG.info("SIGHUP is passed over: the node is not ready"));
    }

    /** Takes both signals from now on; the calling thread is the one that starts. */
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
    synchronized void ready() {
        if (phase == Phase.STARTING) {
            phase = Phase.READY;
        } else {
            // The start was not abandoned in time, and ends as any node that has been asked to stop.
            phase = Phase.STOPPING;
            Thread.interrupted();
        }
    }

    /** Whether a start that failed did so because the process was asked to stop. */
    synchronized boolean isAbandoned() {
        return phase == Phase.ABANDONED;
    }

    /** The parent process is gone: stops as if SIGTERM had come, unless the process is stopping already. */
    void parentGone() {
        synchronized (this) {
            if (phase == Phase.STARTING || phase == Phase.READY) {
                stop("the parent process is gone", ExitStatus.OK, TERMINATED);
            }
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
        stop("SIG" + signal.getName(), clean, FIRST_STATUS + signal.getNumber());
    }

    private synchronized void stop(String why, int afterCleanStop, int now) {
        switch (phase) {
            case STARTING -> {
                phase = Phase.ABANDONED;
                LOG.info("told to stop before the node is ready: {}", why);
                starting.interrupt();
                CompletableFuture.delayedExecutor(ABANDON_SECONDS, TimeUnit.SECONDS)
                        .execute(() -> haltIfAbandoned(now));
            }
            case READY -> {
                phase = Phase.STOPPING;
                LOG.info("told to stop: {}", why);
            }
            case ABANDONED, STOPPING -> Runtime.getRuntime().halt(now);
        }
        status.complete(afterCleanStop);
    }

    private void haltIfAbandoned(int now) {
        if (isAbandoned()) {
            LOG.warn("the start did not end within {} s", ABANDON_SECONDS);
            Runtime.getRuntime().halt(now);
        }
    }

    private enum Phase {
        STARTING,
        /** The start is to end. */
        ABANDONED,
        READY,
        STOPPING
    }
}
