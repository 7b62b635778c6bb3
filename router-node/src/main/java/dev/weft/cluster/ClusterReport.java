package dev.weft.cluster;

import dev.weft.cluster.link.LinkCounters;
import dev.weft.cluster.link.LinkDownReason;
import dev.weft.cluster.link.LinkStatus;
import dev.weft.cluster.link.LinkSupervisor;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.config.HostPort;
import dev.weft.link.NodeId;
import dev.weft.link.NodeState;
import dev.weft.link.RejectReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a person is told about the nodes of the cluster and the links between them. Thread-safe. */
public final class ClusterReport {
    private final NodeId self;
    private final HazelcastMembership membership;
    private final ClusterService service;
    private final LinkSupervisor links;

    public ClusterReport(NodeId self, HazelcastMembership membership, ClusterService service, LinkSupervisor links) {
        this.self = self;
        this.membership = membership;
        this.service = service;
        this.links = links;
    }

    /**
     * All nodes that are members or linked, by name.
     *
     * @param draining whether this node is about to leave
     */
    public List<MemberStatus> members(boolean draining) {
        Map<NodeId, HostPort> view = membership.view();
        NodeId oldest = view.isEmpty() ? null : view.keySet().iterator().next();
        Map<NodeId, LinkStatus> linked = new HashMap<>();
        links.links().forEach(link -> linked.put(link.peer(), link));
        TreeSet<NodeId> nodes = new TreeSet<>(view.keySet());
        nodes.addAll(linked.keySet());
        List<MemberStatus> members = new ArrayList<>();
        for (NodeId node : nodes) {
            NodeState own = new NodeState(draining, service.term());
            NodeState state = node.equals(self) ? own : service.said(node);
            members.add(status(node, view.get(node), node.equals(oldest), linked.get(node), state));
        }
        return members;
    }

    private MemberStatus status(
            NodeId node,
            @Nullable HostPort address,
            boolean oldest,
            @Nullable LinkStatus link,
            @Nullable NodeState said) {
        String state = link == null ? "none" : link.state().name().toLowerCase(Locale.ROOT);
        return new MemberStatus(
                node.name(),
                Long.toHexString(node.epoch()),
                address == null ? null : address.toString(),
                address != null,
                node.equals(self) ? "self" : state,
                said != null && said.draining(),
                oldest,
                said == null ? 0 : said.term());
    }

    /** Whether this node's member of Hazelcast runs. */
    public boolean isHazelcastRunning() {
        return membership.isRunning();
    }

    /** How many nodes Hazelcast knows, this one included. */
    public int memberCount() {
        return membership.view().size();
    }

    /** The latest term of the cluster's membership that this node knows. */
    public long term() {
        return service.term();
    }

    /** The links, and what happened to links since the start. */
    public LinksStatus links() {
        LinkCounters counters = links.counters();
        return new LinksStatus(
                links.links(),
                new LinkTotals(
                        counters.ups(),
                        counters.resumes(),
                        counters.resumptionsRefused(),
                        counters.framesReplayed(),
                        counted(LinkDownReason.values(), counters::downs),
                        counted(RejectReason.values(), counters::rejects),
                        counters.discarded(),
                        counters.failures()));
    }

    private static <E extends Enum<E>> Map<E, Long> counted(E[] reasons, ToLongFunction<E> counter) {
        Map<E, Long> counts = new LinkedHashMap<>();
        for (E reason : reasons) {
            long count = counter.applyAsLong(reason);
            if (count > 0) {
                counts.put(reason, count);
            }
        }
        return counts;
    }

    /** All links of this node. */
    public record LinksStatus(List<LinkStatus> links, LinkTotals sinceStart) {}

    /**
     * @param resumes links that went on over another connection
     * @param resumptionsRefused links that could not
     * @param framesReplayed sent again over another connection
     * @param downs links that went down, by reason
     * @param rejects handshakes that failed, by reason
     * @param discarded messages given to a link that was down or went down
     * @param failures of this node's own code
     */
    public record LinkTotals(
            long ups,
            long resumes,
            long resumptionsRefused,
            long framesReplayed,
            Map<LinkDownReason, Long> downs,
            Map<RejectReason, Long> rejects,
            long discarded,
            long failures) {}
}
