package dev.weft.cluster.link;

import dev.weft.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps one link to every node that is wanted. Of two nodes the one with the smaller {@link NodeId} connects and the other
 * accepts, so that there is one connection by construction. A node that connects before this one wants it is accepted
 * if it proves the secret. Thread-safe.
 */
public final class LinkSupervisor {
    private final VertxInternal vertx;
    private final LinkOptions options;
    private final LinkCounters counters = new LinkCounters();
    private final LinkSlots slots = new LinkSlots();
    private final LinkAdmission admission = new LinkAdmission(counters);
    private final LinkEnvironment environment;
    private final LinkServer server;
    private final NetClient client;
    private final Map<NodeId, InetSocketAddress> wanted = new HashMap<>();
    private final Map<NodeId, LinkConnector> connectors = new HashMap<>();
    private boolean closed;

    /** @throws IllegalArgumentException without a secret on an address that others can reach */
    public LinkSupervisor(Vertx vertx, LinkOptions options, LinkListener listener) {
        if (options.secret().isEmpty() && !isLoopback(options.host())) {
            throw new IllegalArgumentException("links on " + options.host() + " need a secret");
        }
        this.vertx = (VertxInternal) vertx;
        this.options = options;
        this.environment = new LinkEnvironment(options, listener, counters, slots, admission);
        this.server = new LinkServer(vertx, environment);
        int patience = Math.toIntExact(options.times().handshake().toMillis());
        this.client =
                vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(patience));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** Listens for other nodes; the result is the port. */
    public Future<Integer> start() {
        return server.listen();
    }

    /**
     * Replaces the set of nodes that are to be linked, and where they listen. This node itself may be among them. Links to
     * nodes that were wanted and are not any more are closed, and such a node is refused until it is wanted again.
     */
    public synchronized void wanted(Map<NodeId, InetSocketAddress> nodes) {
        if (closed) {
            return;
        }
        for (NodeId node : Set.copyOf(wanted.keySet())) {
            if (!nodes.containsKey(node)) {
                forget(node);
            }
        }
        nodes.forEach((node, address) -> {
            if (!node.equals(options.node())) {
                want(node, address);
            }
        });
    }

    private void forget(NodeId node) {
        wanted.remove(node);
        admission.forget(node);
        LinkConnector connector = connectors.remove(node);
        if (connector != null) {
            connector.stop();
        }
        slots.evict(node, LinkDownReason.FORGOTTEN);
    }

    private void want(NodeId node, InetSocketAddress address) {
        wanted.put(node, address);
        admission.remember(node);
        if (options.node().compareTo(node) > 0) {
            return;
        }
        LinkConnector present = connectors.get(node);
        if (present != null) {
            present.moveTo(address);
            return;
        }
        LinkConnector connector = new LinkConnector(node, address, client, environment, vertx.createEventLoopContext());
        connectors.put(node, connector);
        connector.start();
    }

    /** What is to be seen of every peer that is wanted or linked, in the order of their ids. */
    public List<LinkStatus> links() {
        Map<NodeId, LinkStatus> links = new TreeMap<>();
        synchronized (this) {
            for (NodeId node : wanted.keySet()) {
                LinkState state = connectors.containsKey(node) ? LinkState.CONNECTING : LinkState.AWAITED;
                links.put(node, LinkStatus.notUp(node, state));
            }
        }
        for (LinkSlots.Slot slot : slots.all()) {
            PeerLink link = slot.link();
            if (link != null && link.isUp()) {
                links.put(link.peer(), link.status());
            }
        }
        return List.copyOf(links.values());
    }

    public LinkCounters counters() {
        return counters;
    }

    /** Says goodbye to every peer and listens no more; done when all links are down and their sockets closed. */
    public Future<Void> close() {
        synchronized (this) {
            closed = true;
            connectors.values().forEach(LinkConnector::stop);
            connectors.clear();
        }
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (LinkSlots.Slot slot : slots.all()) {
            PeerLink link = slot.link();
            ends.add(link == null ? slot.ended() : link.disconnection());
            slots.evict(slot.peer(), LinkDownReason.LEAVING);
        }
        Promise<Void> allDown = Promise.promise();
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).thenRun(allDown::complete);
        return allDown.future().compose(down -> server.close()).compose(done -> client.close());
    }
}
