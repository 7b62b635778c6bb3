package dev.weft.cluster.membership;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.MemberAttributeConfig;
import dev.weft.config.HostPort;
import dev.weft.link.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What each member tells the others about its node. It stays the same for the life of the process, also when the member
 * gets a new UUID after a split.
 *
 * @param link where the node listens for links
 */
record MemberAttributes(NodeId node, HostPort link) {
    private static final String NAME = "weft.node";
    private static final String EPOCH = "weft.epoch";
    private static final String LINK = "weft.link";

    MemberAttributeConfig toConfig() {
        return new MemberAttributeConfig()
                .setAttribute(NAME, node.name())
                .setAttribute(EPOCH, Long.toString(node.epoch()))
                .setAttribute(LINK, link.toString());
    }

    /** Null if the member is no Weft node. */
    static @Nullable MemberAttributes of(Member member) {
        String name = member.getAttribute(NAME);
        String epoch = member.getAttribute(EPOCH);
        String link = member.getAttribute(LINK);
        if (name == null || epoch == null || link == null) {
            return null;
        }
        HostPort address = HostPort.parse(link);
        return address == null ? null : new MemberAttributes(new NodeId(name, Long.parseLong(epoch)), address);
    }
}
