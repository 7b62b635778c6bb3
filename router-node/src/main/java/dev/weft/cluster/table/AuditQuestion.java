package dev.weft.cluster.table;

import dev.weft.link.TableAudit;
import dev.weft.link.TableKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Someone who wants to know now whether a table is the same here as at the node that it is of. Buckets that change while
 * they are compared are asked for again, a few times. Belongs to the event loop of the link.
 */
final class AuditQuestion {
    private static final int MOST_TRIES = 8;

    /**
     * What was found.
     *
     * @param undecided buckets that changed each time they were compared
     */
    record Answer(List<TableDifference> differences, int undecided) {}

    private final TableKind kind;
    private final boolean repair;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final BitSet decided = new BitSet();
    private final BitSet mending = new BitSet();
    private final List<TableDifference> differences = new ArrayList<>();
    private int tries;
    private boolean over;

    AuditQuestion(TableKind kind, boolean repair) {
        this.kind = kind;
        this.repair = repair;
    }

    TableKind kind() {
        return kind;
    }

    boolean wantsRepair() {
        return repair;
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    /** A bucket was compared while it stayed as it was. */
    void decided(String node, int bucket, int entries, boolean same) {
        if (decided.get(bucket)) {
            return;
        }
        decided.set(bucket);
        if (!same) {
            differences.add(new TableDifference("mirror", node, kind, bucket, entries, false));
            mending.set(bucket, repair);
        }
    }

    /** The bucket was told again. */
    void mended(int bucket) {
        if (mending.get(bucket)) {
            mending.clear(bucket);
            differences.replaceAll(found -> found.bucket() == bucket ? found.mended() : found);
        }
    }

    /** All buckets were compared, as far as they stayed as they were. Returns whether a digest is to be asked for again. */
    boolean asksAgain() {
        tries++;
        over = decided.cardinality() == TableAudit.BUCKETS || tries >= MOST_TRIES;
        return !over;
    }

    /** Answers if there is nothing left to wait for; returns whether it did. */
    boolean finish() {
        if (!over || !mending.isEmpty()) {
            return false;
        }
        giveUp();
        return true;
    }

    /** Answers with what is known so far. */
    void giveUp() {
        answer.complete(new Answer(List.copyOf(differences), TableAudit.BUCKETS - decided.cardinality()));
    }
}
