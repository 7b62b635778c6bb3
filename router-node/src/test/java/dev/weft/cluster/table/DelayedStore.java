package dev.weft.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.link.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One node's way to a store: an operation takes place at some time after it was asked for, its result comes at some
 * time after that, and it may fail before it takes place or after. Insists on one operation at a time for each entry.
 */
final class DelayedStore implements TableStore {
    private final class Operation<T> {
        private final Object entry;
        private final Supplier<CompletionStage<T>> action;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private @Nullable CompletionStage<T> done;

        private Operation(Object entry, Supplier<CompletionStage<T>> action) {
            this.entry = entry;
            this.action = action;
        }

        /** Returns whether the operation is over. */
        private boolean step(boolean fails) {
            boolean over = fails || done != null;
            if (done == null && (!fails || random.nextBoolean())) {
                done = action.get();
            }
            if (over) {
                busy.remove(entry);
                if (fails) {
                    result.completeExceptionally(new IllegalStateException("the member is gone"));
                } else {
                    result.complete(done.toCompletableFuture().join());
                }
            }
            return over;
        }
    }

    private final TableStore store;
    private final Random random;
    private final List<Operation<?>> pending = new ArrayList<>();
    private final Set<Object> busy = new HashSet<>();

    DelayedStore(TableStore store, Random random) {
        this.store = store;
        this.random = random;
    }

    boolean isIdle() {
        return pending.isEmpty();
    }

    /** Lets something happen to one operation, whichever it is. */
    void step(double failureRate) {
        Operation<?> operation = pending.get(random.nextInt(pending.size()));
        if (operation.step(random.nextDouble() < failureRate)) {
            pending.remove(operation);
        }
    }

    @Override
    public CompletionStage<Decision> addInterest(TableKey key, NodeId owner, long proposedId) {
        return ask(key, () -> store.addInterest(key, owner, proposedId));
    }

    @Override
    public CompletionStage<Void> removeInterest(TableKey key, NodeId owner) {
        return ask(key, () -> store.removeInterest(key, owner));
    }

    @Override
    public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Set<NodeId> dead) {
        return ask(List.of(key, offer.session()), () -> store.addCallee(key, offer, dead));
    }

    @Override
    public CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session) {
        return ask(List.of(key, session), () -> store.removeCallee(key, owner, session));
    }

    @Override
    public CompletionStage<Void> purge(Set<NodeId> dead) {
        return store.purge(dead);
    }

    private <T> CompletionStage<T> ask(Object entry, Supplier<CompletionStage<T>> action) {
        assertThat(busy.add(entry)).as("one operation at a time for %s", entry).isTrue();
        Operation<T> operation = new Operation<>(entry, action);
        pending.add(operation);
        return operation.result;
    }
}
