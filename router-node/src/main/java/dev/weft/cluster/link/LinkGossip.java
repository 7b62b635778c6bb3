package dev.weft.cluster.link;

import dev.weft.link.NodeId;
import dev.weft.link.NodeLinked;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes tell each other whom they are linked with, so that a node that joined one side of a partition is linked with the
 * other side as soon as its neighbours are, and not only when membership has merged. What is told makes a node call or wait,
 * nothing else: whoever is called still has to prove that it belongs to the cluster. Stands between the links and the
 * listener of the node, which does not see any of this. Calls come as {@link LinkListener} says; {@link #added} on any
 * thread.
 */
final class LinkGossip implements LinkListener {
    private static final Logger LOG = LoggerFactory.getLogger(LinkGossip.class);

    private final LinkListener listener;
    private final LinkSlots slots;
    private final KnownNodes nodes;

    LinkGossip(LinkListener listener, LinkSlots slots, KnownNodes nodes) {
        this.listener = listener;
        this.slots = slots;
        this.nodes = nodes;
    }

    @Override
    public void linkUp(PeerLink link) {
        listener.linkUp(link);
        // Of two links that come up at once, each is in its slot before the other looks: one of them tells, or both.
        for (PeerLink other : othersThan(link)) {
            tell(link, other.peer());
            tell(other, link.peer());
        }
    }

    /** Membership says where {@code node} listens, which may have a link already that nobody could be told of. */
    void added(NodeId node) {
        PeerLink link = slots.link(node);
        if (link != null && link.isUp()) {
            othersThan(link).forEach(other -> tell(other, node));
        }
    }

    private List<PeerLink> othersThan(PeerLink link) {
        List<PeerLink> others = new ArrayList<>();
        for (LinkSlots.Slot slot : slots.all()) {
            PeerLink other = slot.link();
            if (other != null && other.isUp() && !other.equals(link)) {
                others.add(other);
            }
        }
        return others;
    }

    /** The version of the link may not have such a frame: then it is not sent. */
    private void tell(PeerLink peer, NodeId node) {
        InetSocketAddress address = nodes.address(node);
        if (address != null) {
            peer.tell(new NodeLinked(node, address.getHostString(), address.getPort()), null);
        }
    }

    @Override
    public void changed(PeerLink link, TableChange change) {
        if (change instanceof NodeLinked linked) {
            heard(link, linked);
        } else {
            listener.changed(link, change);
        }
    }

    private void heard(PeerLink link, NodeLinked linked) {
        NodeId node = linked.node();
        InetSocketAddress address = InetSocketAddress.createUnresolved(linked.host(), linked.port());
        if (!isAnotherRunLinked(node) && nodes.heardOf(node, address)) {
            LOG.info("{} is no member of the cluster here, but linked with {}: it is to be linked", node, link.peer());
        }
    }

    /** A run that membership does not have either, but that has proved that it is there. */
    private boolean isAnotherRunLinked(NodeId node) {
        return slots.all().stream()
                .filter(slot -> slot.link() != null)
                .map(LinkSlots.Slot::peer)
                .anyMatch(peer -> peer.name().equals(node.name()) && !peer.equals(node));
    }

    @Override
    public void routed(PeerLink link, RoutedMessage message) {
        listener.routed(link, message);
    }

    @Override
    public void linkResumed(PeerLink link) {
        listener.linkResumed(link);
    }

    @Override
    public void linkDown(PeerLink link, LinkDownReason reason) {
        listener.linkDown(link, reason);
    }

    @Override
    public void forgotten(NodeId node) {
        listener.forgotten(node);
    }
}
