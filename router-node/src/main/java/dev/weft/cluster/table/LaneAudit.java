package dev.weft.cluster.table;

import dev.weft.lane.Lane;
import dev.weft.link.BucketBegin;
import dev.weft.link.BucketEnd;
import dev.weft.link.BucketWanted;
import dev.weft.link.DigestWanted;
import dev.weft.link.NodeId;
import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;
import dev.weft.link.TableDigest;
import dev.weft.link.TableKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what this node's mirror has of one peer with the digests that the peer tells, and has the peer tell again what
 * differs. The mirror is walked on a background thread while it goes on to change: a bucket counts only if it stayed as it was
 * from the digest to the end of the walk, which the number of its changes tells. What was not told again is dropped on the
 * event loop of the link, as all changes of the peer are, so that nothing that comes meanwhile is lost.
 *
 * <p>Belongs to the event loop of the link, except where it is said otherwise.
 */
final class LaneAudit {
    private static final Logger LOG = LoggerFactory.getLogger(LaneAudit.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final int TABLES = TableKind.values().length;

    /**
     * A digest as it came.
     *
     * @param before how often each bucket had changed here when it came
     * @param asked who waits for it
     */
    private record Snapshot(TableDigest digest, long[] before, List<AuditQuestion> asked) {}

    private final AuditedLink link;
    private final Mirror mirror;
    private final ControlThread background;
    private final AuditPace pace;
    private final AuditCounters counters;
    private final boolean repairs;
    /** Written by the event loop, before the mirror is changed; read by the background thread. */
    private final AtomicLongArray changes = new AtomicLongArray(TABLES * TableAudit.BUCKETS);

    private final Map<Integer, Set<TableChange>> toldAgain = new HashMap<>();
    private final BitSet wanted = new BitSet();
    private final Map<TableKind, Snapshot> comparing = new EnumMap<>(TableKind.class);
    private final Map<TableKind, Snapshot> next = new EnumMap<>(TableKind.class);
    private final List<AuditQuestion> questions = new ArrayList<>();
    private boolean ended;

    /** @param pace of all links together */
    LaneAudit(
            AuditedLink link,
            Mirror mirror,
            ControlThread background,
            AuditPace pace,
            AuditCounters counters,
            boolean repairs) {
        this.link = link;
        this.mirror = mirror;
        this.background = background;
        this.pace = pace;
        this.counters = counters;
        this.repairs = repairs;
    }

    /** Something of the peer is about to be put into the mirror, or taken from it. */
    void changing(TableChange change) {
        TableKind kind = EntryDigest.kind(change);
        if (kind == null) {
            return;
        }
        int place = place(kind, EntryDigest.bucket(change));
        changes.incrementAndGet(place);
        Set<TableChange> told = toldAgain.isEmpty() ? null : toldAgain.get(place);
        if (told == null) {
            return;
        }
        if (EntryDigest.isAddition(change)) {
            told.add(EntryDigest.removal(change));
        } else {
            told.remove(EntryDigest.removal(change));
        }
    }

    /** The peer speaks of the whole of a table. */
    void received(TableAudit audit) {
        if (audit instanceof TableDigest digest) {
            digest(digest);
        } else if (audit instanceof BucketBegin begin) {
            toldAgain.put(place(begin.kind(), begin.bucket()), new HashSet<>());
        } else if (audit instanceof BucketEnd end) {
            background.execute(() -> findOthers(end));
        }
    }

    private void digest(TableDigest digest) {
        TableKind kind = digest.kind();
        List<AuditQuestion> asked =
                questions.stream().filter(question -> question.kind() == kind).toList();
        if (asked.isEmpty() && !pace.isDue()) {
            return;
        }
        long[] before = new long[TableAudit.BUCKETS];
        for (int bucket = 0; bucket < before.length; bucket++) {
            before[bucket] = changes.get(place(kind, bucket));
        }
        Snapshot snapshot = new Snapshot(digest, before, asked);
        if (comparing.containsKey(kind)) {
            next.put(kind, snapshot);
        } else {
            begin(snapshot);
        }
    }

    private void begin(Snapshot snapshot) {
        comparing.put(snapshot.digest.kind(), snapshot);
        background.execute(() -> compare(snapshot));
    }

    /** On the background thread. */
    private void compare(Snapshot snapshot) {
        TableKind kind = snapshot.digest.kind();
        long begun = background.nanoTime();
        BucketSums here = new BucketSums();
        mirror.forEach(kind, link.lane(), here::add);
        pace.compared(begun);
        BitSet busy = new BitSet();
        for (int bucket = 0; bucket < TableAudit.BUCKETS; bucket++) {
            busy.set(bucket, changes.get(place(kind, bucket)) != snapshot.before[bucket]);
        }
        link.loop().execute(() -> compared(snapshot, here, busy));
    }

    private void compared(Snapshot snapshot, BucketSums here, BitSet busy) {
        TableKind kind = snapshot.digest.kind();
        counters.compared(busy.cardinality());
        for (int bucket = busy.nextClearBit(0); bucket < TableAudit.BUCKETS; bucket = busy.nextClearBit(bucket + 1)) {
            boolean same = here.sum(bucket) == snapshot.digest.buckets()[bucket];
            for (AuditQuestion question : snapshot.asked) {
                question.decided(link.node().name(), bucket, here.count(bucket), same);
            }
            if (!same) {
                differs(kind, bucket, here.count(bucket), snapshot.asked);
            }
        }
        snapshot.asked.forEach(this::answerOrAskAgain);
        comparing.remove(kind);
        Snapshot waiting = next.remove(kind);
        if (waiting != null) {
            begin(waiting);
        }
    }

    private void differs(TableKind kind, int bucket, int entries, List<AuditQuestion> asked) {
        int place = place(kind, bucket);
        if (wanted.get(place)) {
            return;
        }
        boolean mend = repairs || asked.stream().anyMatch(AuditQuestion::wantsRepair);
        counters.found();
        LOG.warn(
                "What this node knows of the {} of {} is not what that node holds: bucket {}, {} entries here; {}",
                EntryDigest.label(kind),
                link.node(),
                bucket,
                entries,
                mend ? "it is asked to tell it again" : "left as it is");
        if (mend) {
            wanted.set(place);
            link.tell(new BucketWanted(kind, bucket));
        }
    }

    /** On the background thread: all that this node knows of the peer in a bucket that was told again. */
    private void findOthers(BucketEnd end) {
        List<TableChange> known = new ArrayList<>();
        mirror.forEach(end.kind(), link.lane(), entry -> {
            if (EntryDigest.bucket(entry) == end.bucket()) {
                known.add(EntryDigest.removal(entry));
            }
        });
        link.loop().execute(() -> dropOthers(end, known));
    }

    private void dropOthers(BucketEnd end, List<TableChange> known) {
        int place = place(end.kind(), end.bucket());
        Set<TableChange> told = toldAgain.remove(place);
        if (told == null || !link.isUp()) {
            return;
        }
        int ghosts = 0;
        for (TableChange entry : known) {
            if (!told.contains(entry)) {
                changes.incrementAndGet(place);
                TableChanges.apply(entry, link.node(), link.lane(), mirror);
                ghosts++;
            }
        }
        wanted.clear(place);
        counters.repaired(ghosts);
        LOG.info(
                "{} has told bucket {} of its {} again: {} entries, and {} that it did not tell were dropped",
                link.node(),
                end.bucket(),
                EntryDigest.label(end.kind()),
                told.size(),
                ghosts);
        for (AuditQuestion question : List.copyOf(questions)) {
            if (question.kind() == end.kind()) {
                question.mended(end.bucket());
                finish(question);
            }
        }
    }

    /** Asks the peer now. Any thread; answered on the event loop of the link. */
    CompletableFuture<AuditQuestion.Answer> ask(TableKind kind, boolean repair) {
        AuditQuestion question = new AuditQuestion(kind, repair);
        link.loop().execute(() -> {
            if (ended) {
                question.giveUp();
                return;
            }
            questions.add(question);
            link.tell(new DigestWanted(kind));
        });
        return question.answer();
    }

    private void answerOrAskAgain(AuditQuestion question) {
        if (question.asksAgain()) {
            background.later(BETWEEN_TRIES, () -> link.tell(new DigestWanted(question.kind())));
        } else {
            finish(question);
        }
    }

    private void finish(AuditQuestion question) {
        if (question.finish()) {
            questions.remove(question);
        }
    }

    /** The link is down: questions are answered with what is known. */
    void end() {
        ended = true;
        questions.forEach(AuditQuestion::giveUp);
        questions.clear();
        toldAgain.clear();
    }

    NodeId node() {
        return link.node();
    }

    Lane lane() {
        return link.lane();
    }

    private static int place(TableKind kind, int bucket) {
        return kind.ordinal() * TableAudit.BUCKETS + bucket;
    }
}
