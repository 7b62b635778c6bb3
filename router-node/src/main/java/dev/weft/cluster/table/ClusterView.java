package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes are live in the eyes of this one, and the term of that. A node is live while Hazelcast counts it as a
 * member or a link to it is up; when it is neither any more, it is dead, unless it comes back.
 *
 * <p>The term is a Lamport clock of the cluster's membership: whoever finds a node dead raises it above all that it
 * knows, and nodes tell each other. So what is granted in place of a dead node's is granted in a later term than that
 * was, and what a node asserts after it was taken for dead is asserted in a later term than what is to be purged.
 * Confined to the control thread.
 */
final class ClusterView {
    /** More than that are not dead at once; what an earlier one left was purged long ago. */
    private static final int DEAD_REMEMBERED = 256;

    private final NodeId self;
    private final Map<NodeId, Integer> links = new HashMap<>();
    private final Set<NodeId> forgotten = new LinkedHashSet<>();
    private final Map<NodeId, Long> dead = new LinkedHashMap<>();
    private List<NodeId> members;
    private volatile long term = 1;

    ClusterView(NodeId self) {
        this.self = self;
        this.members = List.of(self);
    }

    NodeId self() {
        return self;
    }

    long term() {
        return term;
    }

    /** {@code told} is a term that another node knows. Returns whether it is news. */
    boolean heard(long told) {
        if (told <= term) {
            return false;
        }
        term = told;
        return true;
    }

    void raise() {
        term = term + 1;
    }

    /**
     * Replaces the members as Hazelcast knows them.
     *
     * @return whether one is no member any more
     */
    boolean members(Collection<NodeId> oldestFirst) {
        Set<NodeId> before = live();
        List<NodeId> former = members;
        members = List.copyOf(oldestFirst);
        update(before);
        return !members.containsAll(former);
    }

    void linkUp(NodeId node) {
        Set<NodeId> before = live();
        forgotten.remove(node);
        links.merge(node, 1, Integer::sum);
        update(before);
    }

    void linkDown(NodeId node) {
        Set<NodeId> before = live();
        links.computeIfPresent(node, (same, count) -> count == 1 ? null : count - 1);
        update(before);
    }

    /** {@code node} is gone for good: it said goodbye, or its name is back with another epoch. */
    void forgotten(NodeId node) {
        Set<NodeId> before = live();
        forgotten.add(node);
        bound(forgotten);
        update(before);
    }

    private void update(Set<NodeId> before) {
        Set<NodeId> live = live();
        dead.keySet().removeAll(live);
        before.removeAll(live);
        if (before.isEmpty()) {
            return;
        }
        raise();
        before.forEach(node -> dead.put(node, term));
        bound(dead.keySet());
    }

    private static void bound(Set<NodeId> remembered) {
        if (remembered.size() > DEAD_REMEMBERED) {
            remembered.remove(remembered.iterator().next());
        }
    }

    /** A copy: this node, members and linked nodes. */
    Set<NodeId> live() {
        Set<NodeId> live = new LinkedHashSet<>(members);
        live.addAll(links.keySet());
        live.removeAll(forgotten);
        live.add(self);
        return live;
    }

    /** Those who died lately, and the term in which each was found dead. A copy. */
    Map<NodeId, Long> dead() {
        return Map.copyOf(dead);
    }

    /** Whether this is the live member that joined first. */
    boolean isOldest() {
        return members.stream()
                .filter(node -> !forgotten.contains(node))
                .findFirst()
                .orElse(self)
                .equals(self);
    }
}
