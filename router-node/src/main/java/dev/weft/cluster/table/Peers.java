package dev.weft.cluster.table;

import dev.weft.link.SnapshotEnd;
import dev.weft.link.TableChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that this one tells what it holds. A peer is told everything once, when its link comes up, and every change
 * from then on. A change is acknowledged by everybody when each peer has applied it, or the whole snapshot that has it;
 * a peer whose link went down is not waited for. Confined to the control thread.
 */
final class Peers {
    /** Something that waits for peers. */
    private static final class Barrier {
        private final Runnable passed;
        private int missing;

        private Barrier(Runnable passed) {
            this.passed = passed;
        }
    }

    /** What waits for one peer. */
    private static final class Pending {
        private final Set<Barrier> changes = new HashSet<>();
        /** Null when the peer has acknowledged the snapshot. */
        private @Nullable List<Barrier> snapshot = new ArrayList<>();
    }

    private final ControlThread control;
    private final Map<Peer, Pending> peers = new IdentityHashMap<>();
    private final Set<Barrier> open = new HashSet<>();
    private final OwnDigests digests = new OwnDigests();

    Peers(ControlThread control) {
        this.control = control;
    }

    /** @param countedIn run when the peer has acknowledged the whole snapshot */
    void begin(Peer peer, Iterable<TableChange> snapshot, Runnable countedIn) {
        Pending pending = new Pending();
        peers.put(peer, pending);
        open.forEach(barrier -> awaitSnapshot(pending, barrier));
        snapshot.forEach(change -> peer.tell(change, null));
        peer.tell(new SnapshotEnd(), () -> control.execute(() -> counted(peer, pending, countedIn)));
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

    /** @param acknowledged run when every peer has applied the change: at once, if there is none */
    void tell(TableChange change, Runnable acknowledged) {
        digests.told(change);
        if (peers.isEmpty()) {
            acknowledged.run();
            return;
        }
        Barrier barrier = new Barrier(acknowledged);
        barrier.missing = peers.size();
        open.add(barrier);
        peers.forEach((peer, pending) -> {
            pending.changes.add(barrier);
            peer.tell(change, () -> control.execute(() -> acknowledged(pending, barrier)));
        });
    }

    /** Tells every peer something that nobody waits for. */
    void tellInPassing(TableChange change) {
        peers.keySet().forEach(peer -> peer.tell(change, null));
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
        Barrier barrier = new Barrier(known);
        open.add(barrier);
        peers.values().forEach(pending -> awaitSnapshot(pending, barrier));
    }

    private static void awaitSnapshot(Pending pending, Barrier barrier) {
        if (pending.snapshot != null) {
            pending.snapshot.add(barrier);
            barrier.missing++;
        }
    }

    private void counted(Peer peer, Pending pending, Runnable countedIn) {
        List<Barrier> waiting = pending.snapshot;
        if (waiting == null || !pending.equals(peers.get(peer))) {
            return;
        }
        pending.snapshot = null;
        countedIn.run();
        waiting.forEach(this::oneLess);
    }

    private void acknowledged(Pending pending, Barrier barrier) {
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
}
