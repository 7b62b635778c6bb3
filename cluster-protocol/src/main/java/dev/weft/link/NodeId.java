package dev.weft.link;

import java.util.Comparator;

/**
 * One run of one node: its configured name and an epoch drawn at random at every start, so that what an earlier run left
 * behind is never taken for the present one's.
 */
public record NodeId(String name, long epoch) implements Comparable<NodeId> {
    private static final Comparator<NodeId> ORDER =
            Comparator.comparing(NodeId::name).thenComparingLong(NodeId::epoch);

    @Override
    public int compareTo(NodeId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name + "#" + Long.toHexString(epoch);
    }
}
