package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Compares what this node holds with what the shared tables say that it holds, at intervals and when someone asks, and puts
 * the tables right: what is missing or wrong is stored again, what is not held is removed. Each method may be called on
 * any thread; the rest is confined to the control thread, but for what goes through a table of the store.
 */
public final class StoreAudit {
    private static final double JITTER = 0.2;

    /**
     * One table of this node.
     *
     * @param held all that there is at the moment
     * @param discard takes out of the store what this node does not hold, given as what takes it back
     */
    record Table(Supplier<? extends Collection<? extends HeldEntry>> held, Consumer<TableChange> discard) {}

    private final NodeId self;
    private final StoredTables stored;
    private final StoreFlux flux;
    private final ControlThread control;
    private final Executor background;
    private final AuditCounters counters;
    private final boolean repairs;
    private final AuditPace pace;
    private BooleanSupplier unfit = () -> false;
    private final Map<TableKind, Table> tables = new EnumMap<>(TableKind.class);

    /**
     * @param flux what this node changes things in the store by
     * @param background where the tables of the store are gone through
     * @param repairs whether what differs is mended without being asked
     */
    public StoreAudit(
            NodeId self,
            HazelcastStored stored,
            StoreFlux flux,
            ControlThread control,
            Executor background,
            AuditCounters counters,
            boolean repairs) {
        this(self, (StoredTables) stored, flux, control, background, counters, repairs);
    }

    StoreAudit(
            NodeId self,
            StoredTables stored,
            StoreFlux flux,
            ControlThread control,
            Executor background,
            AuditCounters counters,
            boolean repairs) {
        this.self = self;
        this.stored = stored;
        this.flux = flux;
        this.control = control;
        this.background = background;
        this.counters = counters;
        this.repairs = repairs;
        this.pace = new AuditPace(control);
    }

    /** Before anything is compared. */
    void add(TableKind kind, Table table) {
        tables.put(kind, table);
    }

    /** @param when on the control thread: now is not the time to compare, unless someone asks. Before anything is compared. */
    void notWhile(BooleanSupplier when) {
        unfit = when;
    }

    /** From now on all tables are compared at this interval, more or less. */
    public void begin(Duration interval) {
        double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        control.later(pace.next(Duration.ofNanos((long) (interval.toNanos() * factor))), () -> {
            if (unfit.getAsBoolean()) {
                begin(interval);
                return;
            }
            long begun = control.nanoTime();
            compare(repairs).whenComplete((differences, failure) -> {
                pace.compared(begun);
                begin(interval);
            });
        });
    }

    /** Compares all tables now. */
    public CompletableFuture<List<TableDifference>> verify(boolean repair) {
        CompletableFuture<List<TableDifference>> answer = new CompletableFuture<>();
        control.execute(() -> compare(repair).whenComplete((differences, failure) -> {
            if (failure == null) {
                answer.complete(differences);
            } else {
                answer.completeExceptionally(failure);
            }
        }));
        return answer;
    }

    private CompletableFuture<List<TableDifference>> compare(boolean repair) {
        List<TableDifference> differences = new ArrayList<>();
        CompletableFuture<?> before = CompletableFuture.completedFuture(null);
        for (Map.Entry<TableKind, Table> table : tables.entrySet()) {
            before = before.thenCompose(done -> new StoreComparison(this, table.getKey(), table.getValue(), repair)
                    .run()
                    .thenAccept(differences::addAll));
        }
        return before.thenApply(done -> differences);
    }

    NodeId self() {
        return self;
    }

    StoredTables stored() {
        return stored;
    }

    ControlThread control() {
        return control;
    }

    Executor background() {
        return background;
    }

    AuditCounters counters() {
        return counters;
    }

    /** How often each bucket has changed. */
    long[] changes(TableKind kind) {
        long[] changes = new long[TableAudit.BUCKETS];
        for (int bucket = 0; bucket < changes.length; bucket++) {
            changes[bucket] = flux.changes(kind, bucket);
        }
        return changes;
    }

    boolean isChanging(TableKind kind, int bucket) {
        return flux.isChanging(kind, bucket);
    }
}
