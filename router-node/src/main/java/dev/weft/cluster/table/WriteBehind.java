package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in which interest is granted at once and written afterwards: its id is a hash, so that nothing has to be decided
 * (docs/adr/0006-ids-of-subscriptions-and-registrations.md), and no subscriber waits for a member that is frozen. One
 * write at a time is under way for each entry; of those that wait for it only the last one counts. Confined to the control
 * thread.
 */
final class WriteBehind implements TableStore {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBehind.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** @param session of a callee; 0 for interest */
    private record EntryKey(TableKey key, long session) {}

    /** @param insists whether it is repeated until it has succeeded or something else is to be written */
    private record Write<T>(
            Supplier<? extends CompletionStage<? extends T>> action, CompletableFuture<T> over, boolean insists) {}

    private static final class Line {
        private @Nullable Write<?> running;
        private @Nullable Write<?> next;
    }

    private final TableStore store;
    private final Mirror mirror;
    private final ControlThread control;
    private final Runnable idle;
    private final Map<EntryKey, Line> lines = new HashMap<>();

    /** @param idle run whenever everything is written */
    WriteBehind(TableStore store, Mirror mirror, ControlThread control, Runnable idle) {
        this.store = store;
        this.mirror = mirror;
        this.control = control;
        this.idle = idle;
    }

    boolean isIdle() {
        return lines.isEmpty();
    }

    @Override
    public CompletionStage<Decision> addInterest(TableKey key, InterestOffer offer) {
        if (offer.renewal()) {
            return write(new EntryKey(key, 0), () -> store.addInterest(key, offer), false);
        }
        long present = mirror.subscriptionOf(key);
        long id = present == 0 ? offer.id() : present;
        InterestOffer held = new InterestOffer(offer.owner(), id, true, offer.asserted());
        write(
                new EntryKey(key, 0),
                () -> store.addInterest(key, held).thenApply(found -> asOffered(held, found)),
                true);
        return CompletableFuture.completedStage(new Decision.Granted(id, 0, 0));
    }

    /** Another id is that of a dead node, which will be purged; or of a live one, which the mirror will show. */
    private static Decision asOffered(InterestOffer offer, Decision found) {
        if (found instanceof Decision.Granted granted && granted.id() == offer.id()) {
            return found;
        }
        throw new IllegalStateException("the store has another id: " + found);
    }

    @Override
    public CompletionStage<Void> removeInterest(TableKey key, NodeId owner) {
        write(new EntryKey(key, 0), () -> store.removeInterest(key, owner), true);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Decision> addCallee(TableKey key, CalleeOffer offer, Map<NodeId, Long> dead) {
        return write(new EntryKey(key, offer.session()), () -> store.addCallee(key, offer, dead), false);
    }

    @Override
    public CompletionStage<Void> removeCallee(TableKey key, NodeId owner, long session) {
        return write(new EntryKey(key, session), () -> store.removeCallee(key, owner, session), false);
    }

    @Override
    public CompletionStage<Long> purge(Stale stale) {
        return store.purge(stale);
    }

    private <T> CompletionStage<T> write(
            EntryKey entry, Supplier<? extends CompletionStage<? extends T>> action, boolean insists) {
        Write<T> write = new Write<>(action, new CompletableFuture<>(), insists);
        Line line = lines.computeIfAbsent(entry, same -> new Line());
        Write<?> overtaken = line.next;
        line.next = write;
        if (overtaken != null) {
            overtaken.over.completeExceptionally(new RejectedExecutionException("something else is to be written"));
        }
        if (line.running == null) {
            next(entry, line);
        }
        return write.over;
    }

    private void next(EntryKey entry, Line line) {
        Write<?> write = line.next;
        line.next = null;
        line.running = write;
        if (write == null) {
            lines.remove(entry);
            if (lines.isEmpty()) {
                idle.run();
            }
            return;
        }
        run(entry, line, write);
    }

    private <T> void run(EntryKey entry, Line line, Write<T> write) {
        write.action
                .get()
                .whenCompleteAsync((result, failure) -> written(entry, line, write, result, failure), control);
    }

    private <T> void written(
            EntryKey entry, Line line, Write<T> write, @Nullable T result, @Nullable Throwable failure) {
        if (failure != null && write.insists && line.next == null) {
            LOG.debug("{} is written again: {}", entry.key, failure.toString());
            line.running = null;
            line.next = write;
            control.later(RETRY, () -> {
                if (write.equals(line.next) && line.running == null) {
                    next(entry, line);
                }
            });
            return;
        }
        next(entry, line);
        if (failure == null) {
            write.over.complete(result);
        } else {
            write.over.completeExceptionally(failure);
        }
    }
}
