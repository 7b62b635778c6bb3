package dev.weft.transport.http;

import dev.weft.tls.TlsMaterial;
import dev.weft.tls.WatchedTls;
import dev.weft.tls.socket.SocketTls;
import dev.weft.transport.ArrivalRate;
import dev.weft.transport.CloseReason;
import dev.weft.transport.ConnectionLimits;
import dev.weft.transport.ListenerAddress;
import dev.weft.transport.ListenerOptions;
import dev.weft.transport.ListenerStatus;
import dev.weft.transport.OriginPolicy;
import dev.weft.transport.SubprotocolNegotiation;
import dev.weft.transport.TransportCounters;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One HTTP door: a server per event loop, all on the same address. Thread-safe. */
final class HttpListener {
    private static final int BACKLOG = 4096;

    /** Beyond the longest answer; a connection on which nothing moves for longer is closed. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    /** Numbers by which the servers of one listener share a port that is yet to be found; other listeners count from 1. */
    private static final AtomicInteger RANDOM_PORTS = new AtomicInteger(1 << 20);

    private final HttpOptions options;
    private final TransportCounters counters;
    private final ArrivalRate arrivals;
    private final LongSupplier ids;
    private final OriginPolicy origins;
    private final SubprotocolNegotiation polled;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger polls = new AtomicInteger();

    /** Held so that they are not collected: Vert.x closes a server that nobody refers to. */
    private final List<HttpServer> servers = new ArrayList<>();

    private volatile boolean stopping;

    HttpListener(HttpOptions options, TransportCounters counters, ArrivalRate arrivals, LongSupplier ids) {
        this.arrivals = arrivals;
        this.options = options;
        this.counters = counters;
        this.ids = ids;
        this.origins = new OriginPolicy(options.listener().origins());
        this.polled = SubprotocolNegotiation.ofLongPolls(options.listener().serializers());
    }

    HttpOptions options() {
        return options;
    }

    OriginPolicy origins() {
        return origins;
    }

    /** What is spoken over long-poll transports. */
    SubprotocolNegotiation polled() {
        return polled;
    }

    /** One more long-poll transport is about to be opened; false if there are as many as there may be connections. */
    boolean pollsBegin() {
        if (polls.incrementAndGet() > options.listener().limits().maxConnections()) {
            polls.decrementAndGet();
            return false;
        }
        return true;
    }

    /** A long-poll transport has ended. */
    void pollsEnded() {
        polls.decrementAndGet();
    }

    ConnectionLimits limits() {
        return options.listener().limits();
    }

    boolean isStopping() {
        return stopping;
    }

    ListenerStatus status() {
        ListenerOptions listener = options.listener();
        return new ListenerStatus(
                listener.name(),
                String.valueOf(listener.address()),
                connections.get(),
                listener.limits().maxConnections());
    }

    /** The number of the next session. */
    long nextId() {
        return ids.getAsLong();
    }

    /** Listens on all loops; the future has the address bound. */
    Future<ListenerAddress> open(Vertx vertx, List<HttpLoop> loops) {
        ListenerAddress.Tcp tcp = (ListenerAddress.Tcp) options.listener().address();
        SocketAddress address = tcp.port() == 0
                ? SocketAddress.sharedRandomPort(RANDOM_PORTS.incrementAndGet(), tcp.host())
                : SocketAddress.inetSocketAddress(tcp.port(), tcp.host());
        VertxInternal internal = (VertxInternal) vertx;
        List<Future<HttpServer>> bound = new ArrayList<>();
        for (HttpLoop loop : loops) {
            Map<HttpConnection, HttpClient> clients = new IdentityHashMap<>();
            HttpServer server = vertx.createHttpServer(serverOptions())
                    .connectionHandler(connection -> connected(vertx, connection, loop, clients))
                    .requestHandler(request -> {
                        HttpClient client = clients.get(request.connection());
                        if (client != null) {
                            client.deadline().begun(request);
                            new HttpRouting(this, loop, client, request).handle();
                        }
                    });
            servers.add(server);
            bound.add(loop.run(internal, () -> server.listen(address)));
        }
        WatchedTls tls = options.listener().tls();
        if (tls != null) {
            tls.usedBy(this::renew);
        }
        return Future.all(bound)
                .map(all -> new ListenerAddress.Tcp(tcp.host(), servers.get(0).actualPort()));
    }

    private void connected(
            Vertx vertx, HttpConnection connection, HttpLoop loop, Map<HttpConnection, HttpClient> clients) {
        CloseReason refusal = refusal(connections.incrementAndGet(), connection.remoteAddress());
        if (refusal != null) {
            counters.accepted();
            counters.closed(refusal, null, 0);
            connection.closeHandler(closed -> connections.decrementAndGet());
            connection.close();
            return;
        }
        Duration handshake = options.listener().limits().handshakeTimeout();
        HttpClient client = new HttpClient(this, loop, new RequestDeadline(vertx, connection, handshake, IDLE));
        clients.put(connection, client);
        connection.closeHandler(closed -> {
            connections.decrementAndGet();
            clients.remove(connection);
            client.end(CloseReason.TRANSPORT_CLOSED);
        });
    }

    private @Nullable CloseReason refusal(int open, SocketAddress remote) {
        if (open > options.listener().limits().maxConnections()) {
            return CloseReason.CONNECTION_LIMIT;
        }
        return mayCome(remote) ? null : CloseReason.CONNECTION_RATE;
    }

    /** The connections of proxies that are believed carry requests of many clients. */
    private boolean mayCome(SocketAddress remote) {
        InetAddress client = NetUtil.createInetAddressFromIpAddressString(remote.hostAddress());
        return client == null || options.listener().trust().proxies().test(client) || arrivals.mayCome(client);
    }

    private HttpServerOptions serverOptions() {
        ListenerOptions listener = options.listener();
        HttpServerOptions server = new HttpServerOptions().setHttp2ClearTextEnabled(false);
        server.setAcceptBacklog(BACKLOG);
        server.setIdleTimeout((int) longestAnswer().plus(IDLE).toSeconds()).setIdleTimeoutUnit(TimeUnit.SECONDS);
        WatchedTls tls = listener.tls();
        if (tls != null) {
            SocketTls.secure(server, tls.material(), listener.limits().handshakeTimeout());
        }
        return server;
    }

    /** How long a request may wait for its answer. */
    private Duration longestAnswer() {
        LongPollOptions longpoll = options.longpoll();
        return longpoll == null || longpoll.receiveTimeout().compareTo(options.callTimeout()) < 0
                ? options.callTimeout()
                : longpoll.receiveTimeout();
    }

    /** Connections from now on are made with other certificates; those open stay as they are. */
    private CompletionStage<?> renew(TlsMaterial material) {
        ServerSSLOptions renewed =
                SocketTls.server(material, options.listener().limits().handshakeTimeout());
        return Future.all(servers.stream()
                        .map(server -> server.updateSSLOptions(renewed, true))
                        .toList())
                .toCompletionStage();
    }

    /** Takes no more connections, and answers requests on those open with 503. */
    void stopAccepting() {
        stopping = true;
    }

    /** Closes all connections. */
    Future<Void> close() {
        stopping = true;
        return Future.all(servers.stream().map(HttpServer::close).toList()).mapEmpty();
    }
}
