package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * Whether this node may serve clients: every other member counts it in, and it knows what every other member holds
 * (docs/guarantees.md). A member that vanishes is not waited for.
 *
 * <p>Told everything by the control thread, so that what is left over from a link that went down is not taken for news
 * of the next one; can be asked by any thread.
 */
public final class ClusterSync {
    private record Progress(boolean linked, boolean countedIn, boolean known) {
        private static final Progress NONE = new Progress(false, false, false);

        private boolean isComplete() {
            return countedIn && known;
        }

        private String missing() {
            if (!linked) {
                return "has no link";
            }
            if (countedIn) {
                return "has not told what it holds";
            }
            return known ? "does not count this node in" : "has not exchanged tables";
        }
    }

    private final NodeId self;
    private final CompletableFuture<Void> synced = new CompletableFuture<>();
    private final Map<NodeId, Progress> progress = new HashMap<>();
    private Set<NodeId> members = Set.of();

    public ClusterSync(NodeId self) {
        this.self = self;
    }

    /** Completes when this node is in step with all members for the first time; not before it is told of members. */
    public CompletionStage<Void> synced() {
        return synced.minimalCompletionStage();
    }

    /** For the operator: which members are still waited for, and for what. Empty if none. */
    public synchronized List<String> missing() {
        if (members.isEmpty()) {
            return List.of("this node has not joined the cluster");
        }
        List<String> missing = new ArrayList<>();
        for (NodeId member : others()) {
            Progress now = progress.getOrDefault(member, Progress.NONE);
            if (!now.isComplete()) {
                missing.add(member.name() + " " + now.missing());
            }
        }
        return missing;
    }

    /** @param view all live members, this node included */
    public void members(Set<NodeId> view) {
        synchronized (this) {
            members = Set.copyOf(view);
        }
        check();
    }

    public void linkUp(NodeId node) {
        update(node, before -> new Progress(true, false, false));
    }

    public void linkDown(NodeId node) {
        update(node, before -> Progress.NONE);
    }

    /** {@code node} has acknowledged all that this node holds. */
    public void countedIn(NodeId node) {
        update(node, before -> new Progress(before.linked, true, before.known));
    }

    /** All that {@code node} holds is in the mirror of this node. */
    public void known(NodeId node) {
        update(node, before -> new Progress(before.linked, before.countedIn, true));
    }

    private void update(NodeId node, UnaryOperator<Progress> change) {
        synchronized (this) {
            Progress now = change.apply(progress.getOrDefault(node, Progress.NONE));
            if (now.equals(Progress.NONE)) {
                progress.remove(node);
            } else {
                progress.put(node, now);
            }
        }
        check();
    }

    private void check() {
        if (missing().isEmpty()) {
            synced.complete(null);
        }
    }

    private Set<NodeId> others() {
        Set<NodeId> others = new TreeSet<>(members);
        others.remove(self);
        return others;
    }
}
