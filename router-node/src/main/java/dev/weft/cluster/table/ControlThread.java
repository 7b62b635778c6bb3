package dev.weft.cluster.table;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The one thread that decides about the tables of this node: what is confined to it needs no locks. */
public interface ControlThread extends Executor {
    /** Runs {@code task} on the thread, not before {@code delay} has passed. */
    void later(Duration delay, Runnable task);

    /** The clock of deadlines and pauses, as {@link System#nanoTime}. */
    long nanoTime();
}
