package dev.weft.cluster.table;

import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;
import dev.weft.link.TableDigest;
import dev.weft.link.TableKind;

/** The digests of what this node has told its peers. Confined to the control thread. */
final class OwnDigests {
    private final long[][] sums = new long[TableKind.values().length][TableAudit.BUCKETS];

    /** An entry was announced; nothing else counts. */
    void told(TableChange change) {
        TableKind kind = EntryDigest.kind(change);
        if (kind != null && EntryDigest.isAddition(change)) {
            sums[kind.ordinal()][EntryDigest.bucket(change)] += EntryDigest.value(change);
        }
    }

    /** @param added the frame with which the entry that is taken back was announced */
    void takenBack(TableChange added) {
        TableKind kind = EntryDigest.kind(added);
        if (kind != null) {
            sums[kind.ordinal()][EntryDigest.bucket(added)] -= EntryDigest.value(added);
        }
    }

    TableDigest of(TableKind kind) {
        return new TableDigest(kind, sums[kind.ordinal()].clone());
    }

    /** Puts right what was counted wrong; returns whether it was. */
    boolean correct(TableKind kind, int bucket, long sum) {
        boolean wrong = sums[kind.ordinal()][bucket] != sum;
        sums[kind.ordinal()][bucket] = sum;
        return wrong;
    }
}
