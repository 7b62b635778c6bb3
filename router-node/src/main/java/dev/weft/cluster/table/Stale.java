package dev.weft.cluster.table;

import dev.weft.link.NodeId;
import java.util.Set;

/**
 * What is to go from the tables: what was last asserted before a term by some nodes, or by all but some. A node that is
 * not dead after all hears of the term with the first frame of a link and asserts in it whatever it holds, so that
 * nothing is lost for good by one purge too many.
 *
 * @param others whether the entries of all nodes but {@code nodes} are meant, and not those of {@code nodes}
 * @param below what was asserted in this term or later stays
 */
record Stale(Set<NodeId> nodes, boolean others, long below) {
    Stale {
        nodes = Set.copyOf(nodes);
    }

    /** All that nodes other than {@code live} have left. */
    static Stale ofAllBut(Set<NodeId> live, long below) {
        return new Stale(live, true, below);
    }

    /** What {@code node} itself did not assert any more. */
    static Stale of(NodeId node, long below) {
        return new Stale(Set.of(node), false, below);
    }

    /** Whether it matters what of {@code owner} stays: a node knows what it asserted itself. */
    boolean asksFor(NodeId owner) {
        return others && isOf(owner);
    }

    boolean includes(NodeId owner, long asserted) {
        return asserted < below && isOf(owner);
    }

    private boolean isOf(NodeId owner) {
        return nodes.contains(owner) != others;
    }
}
