package dev.weft.cluster.table;

import dev.weft.link.SnapshotEnd;
import dev.weft.link.TableChange;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The nodes that this one tells what it holds. A peer is told everything once, when its link comes up, and every change
 * from then on; a peer whose link went down needs not acknowledge any more. Confined to the control thread.
 */
final class Peers {
    /** A change that waits for acknowledgements. */
    private static final class Barrier {
        private final Runnable passed;
        private int missing;

        private Barrier(int missing, Runnable passed) {
            this.missing = missing;
            this.passed = passed;
        }

        private void oneLess() {
            missing--;
            if (missing == 0) {
                passed.run();
            }
        }
    }

    private final ControlThread control;
    private final Map<Peer, Set<Barrier>> open = new IdentityHashMap<>();

    Peers(ControlThread control) {
        this.control = control;
    }

    /** @param countedIn run when the peer has acknowledged the whole snapshot */
    void begin(Peer peer, Iterable<TableChange> snapshot, Runnable countedIn) {
        open.put(peer, new HashSet<>());
        snapshot.forEach(change -> peer.tell(change, null));
        peer.tell(new SnapshotEnd(), () -> control.execute(countedIn));
    }

    void end(Peer peer) {
        Set<Barrier> barriers = open.remove(peer);
        if (barriers != null) {
            barriers.forEach(Barrier::oneLess);
        }
    }

    /** @param acknowledged run when every peer has applied the change: at once, if there is none */
    void tell(TableChange change, Runnable acknowledged) {
        if (open.isEmpty()) {
            acknowledged.run();
            return;
        }
        Barrier barrier = new Barrier(open.size(), acknowledged);
        open.values().forEach(barriers -> barriers.add(barrier));
        for (Peer peer : List.copyOf(open.keySet())) {
            peer.tell(change, () -> control.execute(() -> acknowledged(peer, barrier)));
        }
    }

    private void acknowledged(Peer peer, Barrier barrier) {
        Set<Barrier> barriers = open.get(peer);
        if (barriers != null && barriers.remove(barrier)) {
            barrier.oneLess();
        }
    }
}
