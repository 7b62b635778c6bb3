package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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

    /** So many writes that nobody waits for are under way: those that somebody waits for are not to come after a million of them. */
    private static final int BEHIND = 512;

    /** @param session of a callee; 0 for interest */
    private record EntryKey(TableKey key, long session) {
        private static EntryKey interestIn(TableKey topic) {
            return new EntryKey(topic, 0);
        }

        private boolean isInterest() {
            return session == 0;
        }
    }

    /** @param insists whether it is repeated until it has succeeded or something else is to be written */
    private record Write<T>(
            Supplier<? extends CompletionStage<? extends T>> action, CompletableFuture<T> over, boolean insists) {}

    private static final class Line {
        private final EntryKey entry;
        private @Nullable Write<?> running;
        private @Nullable Write<?> next;
        private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
        private boolean queued;

        private Line(EntryKey entry) {
            this.entry = entry;
        }
    }

    private final TableStore store;
    private final Mirror mirror;
    private final ControlThread control;
    private final Runnable idle;
    private final Map<EntryKey, Line> lines = new HashMap<>();
    private final Deque<Line> queue = new ArrayDeque<>();
    private int behind;

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
            return write(EntryKey.interestIn(key), () -> store.addInterest(key, offer), false);
        }
        long present = mirror.subscriptionOf(key);
        long id = present == 0 ? offer.id() : present;
        InterestOffer held = new InterestOffer(offer.owner(), id, true, offer.asserted());
        write(
                EntryKey.interestIn(key),
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
        write(EntryKey.interestIn(key), () -> store.removeInterest(key, owner), true);
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
        Line line = lines.computeIfAbsent(entry, this::begin);
        Write<?> overtaken = line.next;
        line.next = write;
        if (overtaken != null) {
            overtaken.over.completeExceptionally(new RejectedExecutionException("something else is to be written"));
        }
        if (line.running == null && !line.queued) {
            next(line);
        }
        return write.over;
    }

    private Line begin(EntryKey entry) {
        Line line = new Line(entry);
        if (entry.isInterest()) {
            store.interestWillChange(entry.key, line.over);
        }
        return line;
    }

    private void next(Line line) {
        Write<?> write = line.next;
        if (write == null) {
            lines.remove(line.entry);
            line.over.complete(null);
            if (lines.isEmpty()) {
                idle.run();
            }
        } else if (write.insists && behind == BEHIND) {
            line.queued = true;
            queue.add(line);
        } else {
            line.next = null;
            line.running = write;
            behind += write.insists ? 1 : 0;
            run(line, write);
        }
    }

    private <T> void run(Line line, Write<T> write) {
        write.action.get().whenCompleteAsync((result, failure) -> written(line, write, result, failure), control);
    }

    private <T> void written(Line line, Write<T> write, @Nullable T result, @Nullable Throwable failure) {
        line.running = null;
        behind -= write.insists ? 1 : 0;
        if (failure != null && write.insists && line.next == null) {
            LOG.debug("{} is written again: {}", line.entry, failure.toString());
            line.next = write;
            control.later(RETRY, () -> again(line, write));
        } else {
            next(line);
            complete(write, result, failure);
        }
        Line waiting = behind < BEHIND ? queue.poll() : null;
        if (waiting != null) {
            waiting.queued = false;
            next(waiting);
        }
    }

    private void again(Line line, Write<?> write) {
        if (write.equals(line.next) && line.running == null && !line.queued) {
            next(line);
        }
    }

    private static <T> void complete(Write<T> write, @Nullable T result, @Nullable Throwable failure) {
        if (failure == null) {
            write.over.complete(result);
        } else {
            write.over.completeExceptionally(failure);
        }
    }
}
