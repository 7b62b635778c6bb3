package dev.weft.cluster.table;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link ControlThread} of its own. A task that fails is logged; the thread lives on. After close, tasks are
 * dropped.
 */
public final class TableThread implements ControlThread, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableThread.class);

    private final ScheduledThreadPoolExecutor executor;

    public TableThread(String name) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        schedule(task, 0);
    }

    @Override
    public void later(Duration delay, Runnable task) {
        schedule(task, delay.toNanos());
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void close() {
        executor.shutdown();
    }

    private void schedule(Runnable task, long nanos) {
        try {
            executor.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The tables are closed: {} is not run", task);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.error("A change of the tables failed", bug);
        }
    }
}
