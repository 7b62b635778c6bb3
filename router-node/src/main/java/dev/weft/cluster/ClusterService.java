package dev.weft.cluster;

import dev.weft.cluster.bridge.LinkInbound;
import dev.weft.cluster.link.LinkDownReason;
import dev.weft.cluster.link.LinkListener;
import dev.weft.cluster.link.LinkSupervisor;
import dev.weft.cluster.link.PeerLink;
import dev.weft.cluster.membership.HazelcastMembership;
import dev.weft.cluster.membership.MembershipObserver;
import dev.weft.cluster.table.ClusterSync;
import dev.weft.cluster.table.ControlThread;
import dev.weft.cluster.table.Mirror;
import dev.weft.cluster.table.MirrorAudits;
import dev.weft.cluster.table.TableChanges;
import dev.weft.cluster.table.TableOwner;
import dev.weft.config.HostPort;
import dev.weft.lane.Lane;
import dev.weft.lane.LocalLane;
import dev.weft.link.NodeId;
import dev.weft.link.NodeState;
import dev.weft.link.RoutedMessage;
import dev.weft.link.SnapshotEnd;
import dev.weft.link.TableAudit;
import dev.weft.link.TableChange;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * This node's part in the cluster: who is a member is linked, what a link brings goes to the mirror and the event loops,
 * and what a link or a member takes away is taken from them. Membership is told on the control thread, links on their
 * event loops.
 */
public final class ClusterService implements LinkListener, MembershipObserver {
    private final HazelcastMembership membership;
    private final TableOwner tables;
    private final Mirror mirror;
    private final LinkInbound inbound;
    private final List<LocalLane> lanes;
    private final ControlThread control;
    private final MirrorAudits audits;
    private final ClusterSync sync;
    private volatile @Nullable LinkSupervisor links;
    private final Map<PeerLink, LinkPeer> peers = new ConcurrentHashMap<>();
    /** Confined to the control thread. */
    private Set<NodeId> members = Set.of();

    /** @param lanes to the event loops of this node */
    public ClusterService(
            HazelcastMembership membership,
            TableOwner tables,
            Mirror mirror,
            LinkInbound inbound,
            List<LocalLane> lanes,
            ControlThread control,
            MirrorAudits audits) {
        this.membership = membership;
        this.tables = tables;
        this.mirror = mirror;
        this.inbound = inbound;
        this.lanes = List.copyOf(lanes);
        this.control = control;
        this.audits = audits;
        this.sync = new ClusterSync(membership.self());
    }

    /** Links this node to all members by {@code supervisor}, which tells this service of every link. */
    public void begin(LinkSupervisor supervisor) {
        links = supervisor;
        membership.watch(control, this);
    }

    /** Completes when this node knows all that the others hold, and they count it in. */
    public CompletionStage<Void> synced() {
        return sync.synced();
    }

    /** What {@code node} said of itself last; null if it is not linked. */
    @Nullable
    NodeState said(NodeId node) {
        return peers.keySet().stream()
                .filter(link -> link.peer().equals(node))
                .map(PeerLink::said)
                .findFirst()
                .orElse(null);
    }

    /** The link to the node with this epoch, if it is up and speaks this version of the protocol, or a later one. Any thread. */
    public @Nullable Lane laneTo(long epoch, int version) {
        for (PeerLink link : peers.keySet()) {
            if (link.peer().epoch() == epoch && link.isUp() && link.version() >= version) {
                return link;
            }
        }
        return null;
    }

    /** The latest term of the cluster's membership that this node knows. */
    long term() {
        return tables.term();
    }

    /** For the operator: who is still waited for, and for what. */
    public List<String> missing() {
        return sync.missing();
    }

    @Override
    public void merged() {
        tables.merged();
    }

    @Override
    public void vanished() {
        tables.vanished();
    }

    @Override
    public void changed(Map<NodeId, HostPort> view) {
        Map<NodeId, InetSocketAddress> wanted = new LinkedHashMap<>();
        view.forEach((node, link) -> wanted.put(node, InetSocketAddress.createUnresolved(link.host(), link.port())));
        LinkSupervisor supervisor = links;
        if (supervisor != null) {
            supervisor.wanted(wanted);
            members.stream().filter(node -> !view.containsKey(node)).forEach(supervisor::suspect);
        }
        members = Set.copyOf(view.keySet());
        tables.members(view.keySet());
        sync.members(view.keySet());
    }

    @Override
    public void linkUp(PeerLink link) {
        NodeId node = link.peer();
        // The link's own event loop will handle at once what it brings: not before what was told when the last one
        // ended.
        lanes.stream().filter(LocalLane::isHere).forEach(LocalLane::catchUp);
        LinkPeer peer = new LinkPeer(link);
        peers.put(link, peer);
        audits.linkUp(peer);
        control.execute(() -> sync.linkUp(node));
        tables.linkUp(peer, () -> {
            sync.countedIn(node);
            inbound.gaps().closed(node.name());
        });
    }

    @Override
    public void changed(PeerLink link, TableChange change) {
        audits.changing(link, change);
        TableChanges.apply(change, link.peer(), link, mirror);
        if (change instanceof NodeState state) {
            link.said(state);
            tables.heard(state);
        } else if (change instanceof TableAudit audit) {
            audited(link, audit);
        } else if (change instanceof SnapshotEnd) {
            control.execute(() -> sync.known(link.peer()));
        }
    }

    private void audited(PeerLink link, TableAudit audit) {
        audits.received(link, audit);
        LinkPeer peer = peers.get(link);
        if (peer != null) {
            tables.asked(peer, audit);
        }
    }

    @Override
    public void routed(PeerLink link, RoutedMessage message) {
        Lane congested = inbound.receive(message, link);
        if (congested != null) {
            link.waitFor(congested);
        }
    }

    @Override
    public void linkResumed(PeerLink link) {
        lanes.stream().filter(LocalLane::isHere).forEach(LocalLane::catchUp);
    }

    @Override
    public void linkDown(PeerLink link, LinkDownReason reason) {
        if (reason.mayLose()) {
            inbound.gaps().opened(link.peer().name(), reason.label());
        }
        audits.linkDown(link);
        mirror.laneDown(link);
        for (LocalLane lane : lanes) {
            lane.laneDown(link);
        }
        LinkPeer peer = peers.remove(link);
        if (peer != null) {
            tables.linkDown(peer);
        }
        control.execute(() -> sync.linkDown(link.peer()));
    }

    @Override
    public void forgotten(NodeId node) {
        tables.forgotten(node);
    }
}
