package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import dev.weft.link.NodeState;
import java.time.Duration;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tables right when the cluster changes (docs/adr/0007-terms-reassertion-and-conflicts.md): tells the term,
 * asserts again what this node holds, removes what dead nodes left. Confined to the control thread.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ClusterView view;
    private final TableStore store;
    private final Peers peers;
    private final ControlThread control;
    private final TableCounters counters;
    private final Reassertion reassertion;
    private boolean draining;
    private boolean joined;
    private boolean purging;
    private boolean purgeWanted;

    Upkeep(ClusterView view, TableStore store, Peers peers, ControlThread control, TableCounters counters) {
        this.view = view;
        this.store = store;
        this.peers = peers;
        this.control = control;
        this.counters = counters;
        this.reassertion = new Reassertion(control, counters, view::term, this::sweep);
    }

    Reassertion reassertion() {
        return reassertion;
    }

    /** First of what a peer is told. */
    NodeState state() {
        return new NodeState(draining, view.term());
    }

    /** This node is about to leave; run {@code acknowledged} when every peer knows. */
    void drain(Runnable acknowledged) {
        draining = true;
        peers.tell(state(), acknowledged);
    }

    void members(Collection<NodeId> oldestFirst) {
        long before = view.term();
        boolean lost = view.members(oldestFirst);
        if (lost) {
            reassertion.ask();
        }
        // Who owned what is there when this node joins may have died before this node could see it.
        settle(before, lost || !joined);
        joined = true;
    }

    /** A member was here, or away, for a moment: what was stored with it may be lost, and what it left is not removed, all the same. */
    void vanished() {
        reassertion.ask();
        settle(view.term(), true);
    }

    /** This member was on the smaller side of a split: what its side had stored is not there any more. */
    void merged() {
        long before = view.term();
        view.raise();
        settle(before, true);
    }

    void linkUp(NodeId node) {
        view.linkUp(node);
    }

    void linkDown(NodeId node) {
        long before = view.term();
        view.linkDown(node);
        settle(before, false);
    }

    void forgotten(NodeId node) {
        long before = view.term();
        view.forgotten(node);
        settle(before, false);
    }

    void heard(NodeState state) {
        long before = view.term();
        view.heard(state.term());
        tellIfNew(before);
    }

    private void settle(long before, boolean purge) {
        if (tellIfNew(before) || purge) {
            purgeWanted = true;
            purge();
        }
    }

    private boolean tellIfNew(long before) {
        if (view.term() == before) {
            return false;
        }
        peers.tell(state(), () -> {});
        reassertion.ask();
        return true;
    }

    /**
     * All that no live node owns, not only what the last one left: who was to remove the rest may have died before it
     * could. Each of them removes it, when it becomes the oldest.
     */
    private void purge() {
        if (purging || !purgeWanted || !view.isOldest()) {
            return;
        }
        purging = true;
        purgeWanted = false;
        store.purge(Stale.ofAllBut(view.live(), view.term())).whenCompleteAsync(this::purged, control);
    }

    private void purged(Long left, Throwable failure) {
        purging = false;
        if (failure != null) {
            LOG.warn("What dead nodes left in the tables was not removed, it is tried again: {}", failure.toString());
            purgeWanted = true;
            control.later(RETRY, this::purge);
            return;
        }
        counters.purged();
        if (left > 0) {
            // A dead node had known a later term than any that lives.
            long before = view.term();
            view.heard(left + 1);
            settle(before, true);
        }
        purge();
    }

    /** What this node asserted before {@code term} and not since, it does not hold: it was removed on the other side of a split. */
    private void sweep(long term) {
        store.purge(Stale.of(view.self(), term))
                .whenCompleteAsync(
                        (nothing, failure) -> {
                            if (failure != null) {
                                LOG.warn("What this node left in the tables is removed later: {}", failure.toString());
                                control.later(RETRY, () -> sweep(term));
                            }
                        },
                        control);
    }
}
