package dev.weft.cluster.table;

import dev.weft.link.TableChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes that this one tells what it holds. A peer is told everything once, when its link comes up, and every change
 * from then on. A change is acknowledged by everybody when each peer has applied it, or the whole snapshot that has it;
 * a peer whose link went down is not waited for, and one that acknowledges nothing for too long is fenced: its link is
 * ended. Confined to the control thread.
 */
final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

    /** How often it is looked at who is late, as a part of the time to acknowledge. */
    private static final int LOOKS = 8;

    /** Something that waits for peers. */
    private static final class Barrier {
        private final Runnable passed;
        private final long since;
        private int missing;

        private Barrier(Runnable passed, long since) {
            this.passed = passed;
            this.since = since;
        }
    }

    /** What waits for one peer. */
    private static final class Pending {
        private final Set<Barrier> changes = new LinkedHashSet<>();
        /** Null when the peer has acknowledged the snapshot. */
        private @Nullable Set<Barrier> snapshot = new LinkedHashSet<>();

        private long heard;

        private Pending(long now) {
            heard = now;
        }

        private boolean waitsFor(Barrier barrier) {
            return changes.contains(barrier) || (snapshot != null && snapshot.contains(barrier));
        }
    }

    private final ControlThread control;
    private final long patienceNanos;
    private final Duration look;
    private final TableCounters counters;
    private final Map<Peer, Pending> peers = new LinkedHashMap<>();
    /** In the order of their age. */
    private final Set<Barrier> open = new LinkedHashSet<>();

    private final OwnDigests digests = new OwnDigests();

    private boolean looking;
    private long looked;

    /** @param patience how long a peer may acknowledge nothing while something waits for it */
    Peers(ControlThread control, Duration patience, TableCounters counters) {
        this.control = control;
        this.patienceNanos = patience.toNanos();
        this.look = patience.dividedBy(LOOKS);
        this.counters = counters;
    }

    /** @param countedIn run when the peer has acknowledged the whole snapshot */
    void begin(Peer peer, List<? extends Announced> held, Runnable countedIn) {
        Pending pending = new Pending(control.nanoTime());
        peers.put(peer, pending);
        open.forEach(barrier -> awaitSnapshot(pending, barrier));
        new Snapshot(peer, held, control, () -> heard(pending), () -> counted(peer, pending, countedIn)).tell();
    }

    void end(Peer peer) {
        Pending pending = peers.remove(peer);
        if (pending == null) {
            return;
        }
        List<Barrier> waiting = new ArrayList<>(pending.changes);
        if (pending.snapshot != null) {
            waiting.addAll(pending.snapshot);
        }
        pending.changes.clear();
        waiting.forEach(this::oneLess);
    }

    /** Tells all, and waits for nobody. */
    void tell(TableChange change) {
        digests.told(change);
        peers.keySet().forEach(peer -> peer.tell(change, null));
    }

    /** @param acknowledged run when every peer has applied the change: at once, if there is none */
    void tell(TableChange change, Runnable acknowledged) {
        digests.told(change);
        if (peers.isEmpty()) {
            acknowledged.run();
            return;
        }
        Barrier barrier = new Barrier(acknowledged, control.nanoTime());
        barrier.missing = peers.size();
        watch(barrier);
        peers.forEach((peer, pending) -> {
            pending.changes.add(barrier);
            peer.tell(change, () -> control.execute(() -> acknowledged(pending, barrier)));
        });
    }

    /** Whether the peer has acknowledged the snapshot, so that it has all that was told to anybody. */
    boolean isCountedIn(Peer peer) {
        Pending pending = peers.get(peer);
        return pending != null && pending.snapshot == null;
    }

    /** Tells those that have all that was told before. */
    void tellCountedIn(TableChange change) {
        peers.keySet().stream().filter(this::isCountedIn).forEach(peer -> peer.tell(change, null));
    }

    /** Of all that was told and not taken back. */
    OwnDigests digests() {
        return digests;
    }

    /** Whether every peer has acknowledged the snapshot: what was told to all before is in force everywhere. */
    boolean haveSnapshots() {
        return peers.values().stream().allMatch(pending -> pending.snapshot == null);
    }

    /** @param known run when every peer has acknowledged the snapshot; not at once */
    void awaitSnapshots(Runnable known) {
        Barrier barrier = new Barrier(known, control.nanoTime());
        watch(barrier);
        peers.values().forEach(pending -> awaitSnapshot(pending, barrier));
    }

    private static void awaitSnapshot(Pending pending, Barrier barrier) {
        if (pending.snapshot != null && pending.snapshot.add(barrier)) {
            barrier.missing++;
        }
    }

    private void heard(Pending pending) {
        pending.heard = control.nanoTime();
    }

    private void counted(Peer peer, Pending pending, Runnable countedIn) {
        Set<Barrier> waiting = pending.snapshot;
        if (waiting == null || !pending.equals(peers.get(peer))) {
            return;
        }
        heard(pending);
        pending.snapshot = null;
        countedIn.run();
        waiting.forEach(this::oneLess);
    }

    private void acknowledged(Pending pending, Barrier barrier) {
        heard(pending);
        if (pending.changes.remove(barrier)) {
            oneLess(barrier);
        }
    }

    private void oneLess(Barrier barrier) {
        barrier.missing--;
        if (barrier.missing == 0) {
            open.remove(barrier);
            barrier.passed.run();
        }
    }

    private void watch(Barrier barrier) {
        open.add(barrier);
        if (!looking) {
            looked = control.nanoTime();
            lookLater();
        }
    }

    private void lookLater() {
        looking = !open.isEmpty();
        if (looking) {
            control.later(look, this::look);
        }
    }

    private void look() {
        long now = control.nanoTime();
        if (now - looked > patienceNanos / 2) {
            // This node was frozen itself and could not hear anybody.
            peers.values().forEach(pending -> pending.heard = now);
        }
        looked = now;
        List<Peer> late =
                peers.keySet().stream().filter(peer -> isLate(peer, now)).toList();
        late.forEach(this::fence);
        lookLater();
    }

    private boolean isLate(Peer peer, long now) {
        Pending pending = peers.get(peer);
        if (pending == null || now - pending.heard <= patienceNanos) {
            return false;
        }
        for (Barrier barrier : open) {
            if (now - barrier.since <= patienceNanos) {
                return false;
            }
            if (pending.waitsFor(barrier)) {
                return true;
            }
        }
        return false;
    }

    private void fence(Peer peer) {
        LOG.warn("{} acknowledges nothing: the link is ended, so that nobody has to wait for it", peer.node());
        counters.fenced();
        peer.fence();
        end(peer);
    }
}
