package dev.weft.cluster.table;

import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One table of this node, compared once with what is stored of it. What this node holds is gone through in slices, so that
 * requests get their turn; a bucket counts only if nothing was stored or removed there from the first slice until the store
 * has answered. Confined to the control thread.
 */
final class StoreComparison {
    private static final Logger LOG = LoggerFactory.getLogger(StoreComparison.class);
    private static final int SLICE = 4096;

    private final StoreAudit audit;
    private final TableKind kind;
    private final StoreAudit.Table table;
    private final boolean repair;
    private final long[] before;
    private final List<HeldEntry> held;
    private final BucketSums own = new BucketSums();
    private final BitSet busy = new BitSet();
    private final CompletableFuture<List<TableDifference>> outcome = new CompletableFuture<>();
    private int next;

    StoreComparison(StoreAudit audit, TableKind kind, StoreAudit.Table table, boolean repair) {
        this.audit = audit;
        this.kind = kind;
        this.table = table;
        this.repair = repair;
        this.before = audit.changes(kind);
        this.held = new ArrayList<>(table.held().get());
    }

    /** Completes on the control thread, exceptionally if the store does not answer. */
    CompletableFuture<List<TableDifference>> run() {
        slice();
        return outcome;
    }

    private void slice() {
        int end = Math.min(held.size(), next + SLICE);
        for (; next < end; next++) {
            HeldEntry entry = held.get(next);
            TableChange settled = entry.settled();
            if (settled == null) {
                busy.set(entry.bucket());
            } else {
                own.add(StoredEntry.of(settled));
            }
        }
        if (next < held.size()) {
            audit.control().execute(this::slice);
        } else {
            ask(() -> audit.stored().sums(kind, audit.self()), this::compare);
        }
    }

    private interface Answer<T> {
        void take(T answer);
    }

    /** In the background, and the answer on the control thread. */
    private <T> void ask(Supplier<T> question, Answer<T> answer) {
        Executor control = audit.control();
        CompletableFuture.supplyAsync(question, audit.background())
                .whenCompleteAsync(
                        (found, failure) -> {
                            if (failure == null) {
                                answer.take(found);
                            } else {
                                LOG.warn(
                                        "The stored {} were not compared: {}",
                                        EntryDigest.label(kind),
                                        failure.toString());
                                outcome.completeExceptionally(failure);
                            }
                        },
                        control);
    }

    private void compare(BucketSums stored) {
        long[] now = audit.changes(kind);
        BitSet different = new BitSet();
        for (int bucket = 0; bucket < TableAudit.BUCKETS; bucket++) {
            busy.set(bucket, busy.get(bucket) || now[bucket] != before[bucket] || audit.isChanging(kind, bucket));
            different.set(bucket, !busy.get(bucket) && stored.sum(bucket) != own.sum(bucket));
        }
        audit.counters().storeCompared(busy.cardinality());
        List<TableDifference> differences = new ArrayList<>();
        different.stream().forEach(bucket -> {
            audit.counters().storeDiffers();
            LOG.warn(
                    "What the cluster has stored of this node's {} is not what it holds: bucket {}, {} entries stored, {}"
                            + " held; {}",
                    EntryDigest.label(kind),
                    bucket,
                    stored.count(bucket),
                    own.count(bucket),
                    repair ? "it is stored again" : "left as it is");
            differences.add(
                    new TableDifference("hazelcast", audit.self().name(), kind, bucket, stored.count(bucket), false));
        });
        mend(differences);
    }

    private void mend(List<TableDifference> differences) {
        if (!repair || differences.isEmpty()) {
            outcome.complete(differences);
            return;
        }
        CompletableFuture<?>[] mended = differences.stream()
                .map(difference -> mend(difference.bucket()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(mended)
                .thenRun(() -> outcome.complete(
                        differences.stream().map(TableDifference::mended).toList()));
    }

    private CompletableFuture<Void> mend(int bucket) {
        CompletableFuture<Void> mended = new CompletableFuture<>();
        ask(() -> audit.stored().entries(kind, audit.self(), bucket), stored -> mend(bucket, stored, mended));
        return mended;
    }

    private void mend(int bucket, List<TableChange> stored, CompletableFuture<Void> mended) {
        Set<TableChange> known = new HashSet<>();
        List<CompletableFuture<Void>> renewed = new ArrayList<>();
        for (HeldEntry entry : List.copyOf(table.held().get())) {
            if (entry.bucket() == bucket) {
                TableChange settled = entry.settled();
                if (settled != null) {
                    known.add(EntryDigest.removal(settled));
                }
                CompletableFuture<Void> over = new CompletableFuture<>();
                renewed.add(over);
                entry.renew(() -> over.complete(null));
            }
        }
        int ghosts = 0;
        for (TableChange entry : stored) {
            TableChange removal = EntryDigest.removal(entry);
            if (!known.contains(removal)) {
                table.discard().accept(removal);
                ghosts++;
            }
        }
        audit.counters().storeRepaired(ghosts);
        CompletableFuture.allOf(renewed.toArray(CompletableFuture[]::new)).thenRun(() -> mended.complete(null));
    }
}
