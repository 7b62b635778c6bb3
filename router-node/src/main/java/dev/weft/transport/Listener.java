package dev.weft.transport;

import dev.weft.tls.TlsMaterial;
import dev.weft.tls.WatchedTls;
import dev.weft.tls.socket.SocketTls;
import dev.weft.wamp.SerializerId;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.net.NetServerInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One door: a server per event loop, all on the same address, so that connections spread over the loops. Thread-safe.
 */
final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 4096;

    /** Refused connections that may be told why at the same time; one beyond that is closed without a word. */
    private static final int REFUSED_AT_ONCE = 1000;

    /** Numbers by which the servers of one listener share a port that is yet to be found. */
    private static final AtomicInteger RANDOM_PORTS = new AtomicInteger();

    private final ListenerOptions options;
    private final Speech speech;
    private final TransportCounters counters;
    private final ArrivalRate arrivals;
    private final AtomicLong ids;
    private final OriginPolicy origins;
    private final SubprotocolNegotiation negotiation;
    private final WriteBufferWaterMark softMark;
    private final Set<SocketHandler> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    /** Held so that they are not collected: Vert.x closes a server that nobody refers to. */
    private final List<NetServer> servers = new ArrayList<>();

    /** Done when all connections are gone; null while the listener accepts. */
    private volatile @Nullable Future<Void> stopped;

    Listener(ListenerOptions options, Speech speech, TransportCounters counters, ArrivalRate arrivals, AtomicLong ids) {
        this.arrivals = arrivals;
        this.options = options;
        this.speech = speech;
        this.counters = counters;
        this.ids = ids;
        this.origins = new OriginPolicy(options.origins());
        this.negotiation = SubprotocolNegotiation.ofWebSockets(options.serializers());
        int soft = options.limits().softOutboundBytes();
        this.softMark = new WriteBufferWaterMark(soft / 2, soft);
    }

    ListenerOptions options() {
        return options;
    }

    /** Past it a peer is behind, until half of that is gone. */
    WriteBufferWaterMark softMark() {
        return softMark;
    }

    TransportCounters counters() {
        return counters;
    }

    OriginPolicy origins() {
        return origins;
    }

    SubprotocolNegotiation negotiation() {
        return negotiation;
    }

    @Nullable
    SerializerId withoutSubprotocol() {
        return speech.withoutSubprotocol();
    }

    Function<SocketConnection, MessageSink> sinks(LoopResources loop) {
        return connection -> speech.sinks().apply(connection, loop.acceptor());
    }

    ListenerStatus status() {
        return new ListenerStatus(
                options.name(),
                String.valueOf(options.address()),
                connections.get(),
                options.limits().maxConnections());
    }

    /** Listens on all loops; the future has the address bound. */
    Future<ListenerAddress> open(Vertx vertx, List<LoopResources> loops) {
        SocketAddress address;
        try {
            address = addressToBind();
        } catch (IOException inUse) {
            return Future.failedFuture(inUse);
        }
        VertxInternal internal = (VertxInternal) vertx;
        List<Future<NetServer>> bound = new ArrayList<>();
        for (LoopResources loop : loops) {
            NetServer server = vertx.createNetServer(serverOptions())
                    .connectHandler(socket -> connected((NetSocketInternal) socket, loop));
            servers.add(server);
            bound.add(((NetServerInternal) server)
                    .listen(internal.contextBuilder().withEventLoop(loop.loop()).build(), address));
        }
        WatchedTls tls = options.tls();
        if (tls != null) {
            tls.usedBy(this::renew);
        }
        return Future.all(bound).compose(all -> opened());
    }

    /** Accepts no more connections; those open stay. */
    void stopAccepting() {
        if (stopped != null) {
            return;
        }
        // Vert.x stops listening at once, and closes what is still open when the time is over.
        stopped = Future.all(servers.stream()
                        .map(server -> server.shutdown(1, TimeUnit.DAYS))
                        .toList())
                .mapEmpty();
        removeFile();
    }

    /** Accepts no more connections and closes those open; the future is done when the last is gone. */
    Future<Void> close() {
        stopAccepting();
        sockets.forEach(SocketHandler::shutDown);
        return stopped == null ? Future.succeededFuture() : stopped;
    }

    void closed(SocketHandler socket) {
        sockets.remove(socket);
        connections.decrementAndGet();
    }

    private void connected(NetSocketInternal socket, LoopResources loop) {
        counters.accepted();
        int open = connections.incrementAndGet();
        int max = options.limits().maxConnections();
        String peer = peer(socket);
        SocketHandler handler = new SocketHandler(this, loop, ids.incrementAndGet(), peer, open > max);
        sockets.add(handler);
        ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
        if (pipeline.get("chunkedWriter") != null) {
            pipeline.remove("chunkedWriter");
        }
        // What Vert.x keeps for each socket takes more memory than the rest of an idle session, and nothing of it is
        // used.
        pipeline.replace("handler", "weft", handler);
        if (stopped != null) {
            handler.abandon(CloseReason.NODE_SHUTDOWN);
        } else if (options.trust().proxyProtocol() && !isTrusted(handler)) {
            LOG.warn("listener {}: {} is no trusted proxy and was closed", options.name(), peer);
            handler.abandon(CloseReason.PROXY_NOT_TRUSTED);
        } else if (!isProxy(handler.client()) && !mayCome(handler.client())) {
            handler.abandon(CloseReason.CONNECTION_RATE);
        } else if (open > max + REFUSED_AT_ONCE) {
            handler.abandon(CloseReason.CONNECTION_LIMIT);
        }
    }

    /** Whether a client may open one more connection now. Proxies that are believed are not asked about: their clients are. */
    boolean mayCome(@Nullable InetAddress client) {
        return arrivals.mayCome(client);
    }

    /** Who may write to the file of a Unix domain socket is trusted with that. */
    private boolean isTrusted(SocketHandler handler) {
        return isProxy(handler.client());
    }

    private boolean isProxy(@Nullable InetAddress client) {
        return client == null || options.trust().proxies().test(client);
    }

    private SocketAddress addressToBind() throws IOException {
        if (options.address() instanceof ListenerAddress.UnixSocket unix) {
            UnixSocketFile.removeStale(unix.path());
            return SocketAddress.domainSocketAddress(unix.path().toString());
        }
        ListenerAddress.Tcp tcp = (ListenerAddress.Tcp) options.address();
        return tcp.port() == 0
                ? SocketAddress.sharedRandomPort(RANDOM_PORTS.incrementAndGet(), tcp.host())
                : SocketAddress.inetSocketAddress(tcp.port(), tcp.host());
    }

    private NetServerOptions serverOptions() {
        NetServerOptions server = new NetServerOptions().setAcceptBacklog(BACKLOG);
        WatchedTls tls = options.tls();
        if (tls != null) {
            SocketTls.secure(server, tls.material(), options.limits().handshakeTimeout());
        }
        return server;
    }

    /** Connections from now on are made with other certificates; those open stay as they are. */
    private CompletionStage<?> renew(TlsMaterial material) {
        ServerSSLOptions renewed = SocketTls.server(material, options.limits().handshakeTimeout());
        return Future.all(servers.stream()
                        .map(server -> server.updateSSLOptions(renewed, true))
                        .toList())
                .toCompletionStage();
    }

    private Future<ListenerAddress> opened() {
        if (options.address() instanceof ListenerAddress.UnixSocket unix) {
            try {
                UnixSocketFile.restrict(unix.path(), unix.permissions());
            } catch (IOException refused) {
                return close().compose(closed -> Future.failedFuture(refused));
            }
            return Future.succeededFuture(unix);
        }
        ListenerAddress.Tcp tcp = (ListenerAddress.Tcp) options.address();
        return Future.succeededFuture(
                new ListenerAddress.Tcp(tcp.host(), servers.get(0).actualPort()));
    }

    private void removeFile() {
        if (options.address() instanceof ListenerAddress.UnixSocket unix) {
            try {
                Files.deleteIfExists(unix.path());
            } catch (IOException stays) {
                LOG.warn("{} could not be removed", unix.path(), stays);
            }
        }
    }

    private static String peer(NetSocket socket) {
        SocketAddress remote = socket.remoteAddress();
        return remote == null || remote.isDomainSocket() ? "unix" : remote.toString();
    }
}
