package dev.weft.cluster.table;

import dev.weft.link.BucketBegin;
import dev.weft.link.BucketEnd;
import dev.weft.link.BucketWanted;
import dev.weft.link.DigestWanted;
import dev.weft.link.SessionJoined;
import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;
import dev.weft.link.TableKind;
import dev.weft.link.TestamentAdded;
import dev.weft.link.TestamentsFlushed;
import dev.weft.wamp.TestamentScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other nodes the digests of what this one holds, at intervals and when they ask, and tells again what they ask
 * for. Confined to the control thread.
 */
final class OwnAudit {
    private static final Logger LOG = LoggerFactory.getLogger(OwnAudit.class);
    /** Nodes are not to keep step: each pause is this much longer or shorter, at most. */
    private static final double JITTER = 0.2;

    private final Peers peers;
    private final Supplier<List<TableChange>> announced;
    private final ControlThread control;
    private final AuditCounters counters;

    /** @param announced all that a peer must be told that comes now */
    OwnAudit(Peers peers, Supplier<List<TableChange>> announced, ControlThread control, AuditCounters counters) {
        this.peers = peers;
        this.announced = announced;
        this.control = control;
        this.counters = counters;
    }

    /** From now on all peers are told at this interval, more or less. */
    void begin(Duration interval) {
        double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        control.later(Duration.ofNanos((long) (interval.toNanos() * factor)), () -> {
            for (TableKind kind : TableKind.values()) {
                peers.tellCountedIn(peers.digests().of(kind));
            }
            begin(interval);
        });
    }

    /**
     * A peer asks about what this node holds; anything else is not for here. One that is still being told of it all could
     * not compare.
     */
    void asked(Peer peer, TableAudit audit) {
        if (!peers.isCountedIn(peer)) {
            return;
        }
        if (audit instanceof DigestWanted wanted) {
            peer.tell(peers.digests().of(wanted.kind()), null);
        } else if (audit instanceof BucketWanted wanted) {
            tellAgain(peer, wanted.kind(), wanted.bucket());
        }
    }

    private void tellAgain(Peer peer, TableKind kind, int bucket) {
        List<TableChange> changes = new ArrayList<>();
        long sum = 0;
        @Nullable SessionJoined last = null;
        for (TableChange change : announced.get()) {
            if (EntryDigest.kind(change) == kind && EntryDigest.bucket(change) == bucket) {
                changes.add(change);
                sum += EntryDigest.value(change);
                last = change instanceof SessionJoined session ? session : last;
            } else if (change instanceof TestamentAdded testament && last != null && isOf(testament, last)) {
                addTestament(changes, testament);
            }
        }
        if (peers.digests().correct(kind, bucket, sum)) {
            LOG.warn("The digest of bucket {} of the own {} was wrong", bucket, EntryDigest.label(kind));
        }
        peer.tell(new BucketBegin(kind, bucket), null);
        changes.forEach(change -> peer.tell(change, null));
        peer.tell(new BucketEnd(kind, bucket), null);
        counters.toldAgain();
    }

    private static boolean isOf(TestamentAdded testament, SessionJoined session) {
        return testament.session() == session.details().identity().session()
                && testament.realm().equals(session.realm());
    }

    /** Whoever has the session's testaments already must not have them twice. */
    private static void addTestament(List<TableChange> changes, TestamentAdded testament) {
        if (changes.get(changes.size() - 1) instanceof SessionJoined) {
            for (TestamentScope scope : TestamentScope.values()) {
                changes.add(new TestamentsFlushed(testament.realm(), testament.session(), scope));
            }
        }
        changes.add(testament);
    }
}
