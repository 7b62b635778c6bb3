package dev.weft.cluster.link;

import dev.weft.link.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One place for each peer, so that there is never more than one link to it: who claims the place of another drives that
 * one out and waits until it has gone. Thread-safe.
 */
final class LinkSlots {
    /** A claim to a place. */
    static final class Slot {
        private final NodeId peer;
        private volatile Consumer<LinkDownReason> evict;
        private final CompletableFuture<Void> free;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private volatile @Nullable PeerLink link;

        private Slot(NodeId peer, Consumer<LinkDownReason> evict, CompletableFuture<Void> free) {
            this.peer = peer;
            this.evict = evict;
            this.free = free;
        }

        /** Completes, on some thread, when all who had the place before have gone. */
        CompletableFuture<Void> free() {
            return free;
        }

        /** The link of who holds the place, once it is up. */
        @Nullable
        PeerLink link() {
            return link;
        }

        void occupy(PeerLink up) {
            link = up;
            evict = up::close;
        }

        /** Completes when the claimant and all before it have gone. */
        CompletableFuture<Void> ended() {
            return ended;
        }

        NodeId peer() {
            return peer;
        }
    }

    private final Map<NodeId, Slot> slots = new HashMap<>();

    /** @param evict closes the claimant's connection; may be called on any thread */
    Slot claim(NodeId peer, Consumer<LinkDownReason> evict) {
        Slot before;
        Slot slot;
        synchronized (slots) {
            before = slots.get(peer);
            slot = new Slot(peer, evict, before == null ? CompletableFuture.completedFuture(null) : before.ended);
            slots.put(peer, slot);
        }
        if (before != null) {
            before.evict.accept(LinkDownReason.REPLACED);
        }
        return slot;
    }

    /** The claimant's connection is gone. */
    void release(Slot slot) {
        synchronized (slots) {
            slots.remove(slot.peer, slot);
        }
        slot.free.thenRun(() -> slot.ended.complete(null));
    }

    /** Closes whatever connection there is to {@code peer}. */
    void evict(NodeId peer, LinkDownReason reason) {
        Slot slot = slot(peer);
        if (slot != null) {
            slot.evict.accept(reason);
        }
    }

    /** The link to {@code peer}, if there is one. */
    @Nullable
    PeerLink link(NodeId peer) {
        Slot slot = slot(peer);
        return slot == null ? null : slot.link;
    }

    /** Completes, on some thread, when nobody has the place of {@code peer} who has it now. */
    CompletableFuture<Void> vacated(NodeId peer) {
        Slot slot = slot(peer);
        return slot == null ? CompletableFuture.completedFuture(null) : slot.ended;
    }

    private @Nullable Slot slot(NodeId peer) {
        synchronized (slots) {
            return slots.get(peer);
        }
    }

    List<Slot> all() {
        synchronized (slots) {
            return List.copyOf(slots.values());
        }
    }
}
