package dev.weft.auth;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Threads for checks that take too long for an event loop: signatures and slow hashes. Both they and their queue are bounded. */
public final class AuthWorkers implements AutoCloseable {
    private final ThreadPoolExecutor pool;

    /**
     * @param name of the threads, which are numbered
     * @param threads how many checks are made at once
     * @param waiting how many may wait; further ones are refused
     */
    public AuthWorkers(String name, int threads, int waiting) {
        AtomicInteger number = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** Fails with {@link RejectedExecutionException} if too many wait. */
    <T> CompletionStage<T> run(Supplier<T> check) {
        try {
            return CompletableFuture.supplyAsync(check, pool);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedStage(full);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
