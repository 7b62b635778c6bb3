package dev.weft.cluster.membership;

import dev.weft.config.HostPort;
import dev.weft.link.NodeId;
import java.util.Map;

/** Told about the members of the cluster, on the executor given to {@link HazelcastMembership#watch}. */
public interface MembershipObserver {
    /** A node became a member. Not told of this node itself. */
    void joined(NodeId node);

    /** A node is no member any more: it left, died, or is on the other side of a split. */
    void gone(NodeId node);

    /**
     * The members changed; told after what came and went.
     *
     * @param view every member, this node included, and where it listens for links
     */
    void changed(Map<NodeId, HostPort> view);
}
