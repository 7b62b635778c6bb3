package dev.weft.cluster;

import dev.weft.link.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A node as this one sees it.
 *
 * @param epoch drawn at its start; hexadecimal
 * @param address where it listens for links, as far as Hazelcast knows it
 * @param member whether it is in Hazelcast's view of the cluster
 * @param link the state of the link to it, or {@code self}
 * @param draining whether it is about to leave
 * @param oldest whether it is the member that joined first
 * @param term the term of the cluster's membership that it knew last
 */
public record MemberStatus(
        String name,
        String epoch,
        @Nullable String address,
        boolean member,
        String link,
        boolean draining,
        boolean oldest,
        long term) {

    /** A node that is a cluster by itself. */
    public static MemberStatus alone(NodeId node, boolean draining) {
        return new MemberStatus(node.name(), Long.toHexString(node.epoch()), null, true, "self", draining, true, 0);
    }
}
