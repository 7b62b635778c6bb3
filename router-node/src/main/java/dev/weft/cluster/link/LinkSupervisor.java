package dev.weft.cluster.link;

import dev.weft.link.NodeId;
import dev.weft.observability.Distribution;
import dev.weft.tls.TlsMaterial;
import dev.weft.tls.WatchedTls;
import dev.weft.tls.socket.SocketTls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one link to every node that is wanted. Of two nodes the one with the smaller {@link NodeId} connects and the other
 * accepts, so that there is one connection by construction. A node that connects before this one wants it is accepted
 * if it proves that it belongs to the cluster. Thread-safe.
 */
public final class LinkSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(LinkSupervisor.class);
    private static final Duration LEAST_CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_SWEEP = Duration.ofSeconds(10);

    private final VertxInternal vertx;
    private final LinkOptions options;
    private final LinkListener listener;
    private final LinkCounters counters = new LinkCounters();
    private final LinkSlots slots = new LinkSlots();
    private final KnownNodes nodes;
    private final LinkGossip gossip;
    private final LinkEnvironment environment;
    private final LinkServer server;
    private final NetClient client;
    private final long sweep;

    /** @throws IllegalArgumentException without a secret or TLS on an address that others can reach */
    public LinkSupervisor(Vertx vertx, LinkOptions options, LinkListener listener) {
        if (options.secret().isEmpty() && options.tls() == null && !isLoopback(options.host())) {
            throw new IllegalArgumentException("links on " + options.host() + " need a secret or TLS");
        }
        this.vertx = (VertxInternal) vertx;
        this.options = options;
        this.listener = listener;
        this.nodes = new KnownNodes(options.node(), this::connector, this::forget, System::nanoTime);
        this.gossip = new LinkGossip(listener, slots, nodes);
        this.environment = new LinkEnvironment(
                options, gossip, counters, slots, nodes, new HandshakeLog(counters), System::nanoTime);
        this.server = new LinkServer(vertx, environment);
        this.client = vertx.createNetClient(clientOptions());
        this.sweep = vertx.setPeriodic(sweepMillis(), tick -> giveUpLostOnes());
    }

    /** A connection that is not made after the longest pause is tried again: the network asks again more and more rarely. */
    private NetClientOptions clientOptions() {
        long patience = Math.max(
                LEAST_CONNECT_TIMEOUT.toMillis(), options.times().longestPause().toMillis());
        NetClientOptions client =
                new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(Math.toIntExact(patience));
        WatchedTls tls = options.tls();
        if (tls != null) {
            SocketTls.secure(client, tls.material(), options.times().handshake());
        }
        return client;
    }

    private long sweepMillis() {
        long often = options.times().forgetAfter().dividedBy(4).toMillis();
        return Math.max(1, Math.min(often, LONGEST_SWEEP.toMillis()));
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
        WatchedTls tls = options.tls();
        if (tls != null) {
            tls.usedBy(this::renew);
        }
        return server.listen();
    }

    /** Links made from now on use other certificates; those that there are stay as they are. */
    private CompletionStage<?> renew(TlsMaterial material) {
        ClientSSLOptions calling = SocketTls.client(material, options.times().handshake());
        return Future.all(server.renew(material), client.updateSSLOptions(calling, true))
                .toCompletionStage();
    }

    /**
     * Adds nodes that are to be linked, and says where they listen now; members before those that joined after them. This
     * node itself may be among them. Whoever was suspect is not any more. Of two nodes with the same name the earlier one is
     * forgotten for good.
     */
    public void wanted(Map<NodeId, InetSocketAddress> members) {
        nodes.wanted(members).forEach(gossip::added);
    }

    /**
     * Membership says that the node is gone. If its link has no connection the link goes down, now or when the connection
     * is lost; while it has one it stays up. The node is called until it is forgotten.
     */
    public void suspect(NodeId node) {
        nodes.suspect(node);
        PeerLink link = slots.link(node);
        if (link != null) {
            link.suspected();
        }
    }

    /** Whether there is a link to the node that has not gone down; it may be suspended. */
    public boolean isLinked(NodeId node) {
        PeerLink link = slots.link(node);
        return link != null && link.isUp();
    }

    private @Nullable LinkConnector connector(NodeId node, InetSocketAddress address) {
        return options.node().compareTo(node) > 0
                ? null
                : new LinkConnector(node, address, client, environment, vertx.createEventLoopContext());
    }

    private void giveUpLostOnes() {
        nodes.giveUpLostOnes(this::isLinked, options.times().forgetAfter().toNanos());
    }

    private void forget(NodeId node) {
        LOG.info("{} is forgotten", node);
        CompletableFuture<Void> vacated = slots.vacated(node);
        slots.evict(node, LinkDownReason.FORGOTTEN);
        vacated.thenRun(() -> {
            try {
                listener.forgotten(node);
            } catch (RuntimeException bug) {
                counters.failed();
                LOG.error("that {} is gone was not handled", node, bug);
            }
        });
    }

    /** What is to be seen of every peer that is wanted or linked, in the order of their ids. */
    public List<LinkStatus> links() {
        Map<NodeId, LinkStatus> links = new TreeMap<>();
        nodes.states().forEach((node, state) -> links.put(node, LinkStatus.notUp(node, state)));
        for (LinkSlots.Slot slot : slots.all()) {
            PeerLink link = slot.link();
            if (link != null && link.isUp()) {
                links.put(link.peer(), link.status());
            }
        }
        return List.copyOf(links.values());
    }

    /** Nanoseconds from each ping to its answer, of the link to a peer; none while it has no link. */
    public List<Distribution> roundTrips(NodeId peer) {
        PeerLink link = slots.link(peer);
        return link == null || !link.isUp() ? List.of() : List.of(link.roundTrips());
    }

    public LinkCounters counters() {
        return counters;
    }

    /** Says goodbye to every peer and listens no more; done when all links are down and their sockets closed. */
    public Future<Void> close() {
        nodes.close();
        vertx.cancelTimer(sweep);
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
