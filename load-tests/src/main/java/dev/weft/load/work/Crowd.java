package dev.weft.load.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** Brings many sessions up, a few at a time, so that none waits too long for the router. Event loop only. */
final class Crowd<T> {
    private static final int AT_ONCE = 64;

    private final int count;
    private final IntFunction<CompletableFuture<T>> opening;
    private final List<T> opened = new ArrayList<>();
    private final CompletableFuture<List<T>> all = new CompletableFuture<>();
    private int begun;

    private Crowd(int count, IntFunction<CompletableFuture<T>> opening) {
        this.count = count;
        this.opening = opening;
    }

    /**
     * Completes with all of them, in any order, or with the first failure.
     *
     * @param opening called with the numbers from 0
     */
    static <T> CompletableFuture<List<T>> gather(int count, IntFunction<CompletableFuture<T>> opening) {
        Crowd<T> crowd = new Crowd<>(count, opening);
        for (int i = 0; i < Math.min(count, AT_ONCE); i++) {
            crowd.openNext();
        }
        return crowd.all;
    }

    private void openNext() {
        if (begun == count || all.isDone()) {
            return;
        }
        opening.apply(begun++).whenComplete((session, failure) -> {
            if (failure != null) {
                all.completeExceptionally(failure);
                return;
            }
            opened.add(session);
            if (opened.size() == count) {
                all.complete(opened);
            } else {
                openNext();
            }
        });
    }
}
