package dev.weft.cluster.membership;

import dev.weft.config.HostPort;
import dev.weft.link.NodeId;
import java.util.Map;

/** Told about the members of the cluster, on the executor given to {@link HazelcastMembership#watch}. */
public interface MembershipObserver {
    /**
     * The members changed.
     *
     * @param view every member, this node included, oldest first, and where it listens for links
     */
    void changed(Map<NodeId, HostPort> view);

    /**
     * A member was here, or away, for so short a time that no view says so: what was stored with it may be lost all the same. Told
     * after the change, if there is one.
     */
    void vanished();

    /** This member gave up its side of a split for the other; what its side had stored is gone. Told before the change. */
    void merged();
}
