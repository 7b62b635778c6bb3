package dev.weft.admin;

import dev.weft.config.HostPort;
import dev.weft.tls.TlsMaterial;
import dev.weft.tls.WatchedTls;
import dev.weft.tls.socket.SocketTls;
import dev.weft.transport.http.RequestDeadline;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers HTTP about one node (docs/operations.md). Whom {@link AdminAccess} lets in may use all of it; requests that a web
 * page sent by way of someone's browser are refused. What takes time is done on worker threads.
 */
public final class AdminServer {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int IDLE_SECONDS = 60;
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final int MAX_HEADERS = 8 * 1024;

    /** Any value will do. */
    private static final String DRAIN_HEADER = "Weft-Drain";

    private final Vertx vertx;
    private final AdminNode node;
    private final HttpServer server;
    private final RequestGuard guard;
    private final AdminAccess access;
    private final Map<String, Route> routes = new HashMap<>();

    /** Of the open connections; used on the server's event loop only. */
    private final Map<HttpConnection, RequestDeadline> deadlines = new IdentityHashMap<>();

    /** A port for whoever reaches it. */
    public AdminServer(Vertx vertx, AdminNode node, NodeStatus status, NodeControl control) {
        this(vertx, node, status, control, AdminAccess.OPEN);
    }

    public AdminServer(Vertx vertx, AdminNode node, NodeStatus status, NodeControl control, AdminAccess access) {
        this(vertx, node, status, control, access, AdminLimits.DEFAULT);
    }

    public AdminServer(
            Vertx vertx,
            AdminNode node,
            NodeStatus status,
            NodeControl control,
            AdminAccess access,
            AdminLimits limits) {
        this.vertx = vertx;
        this.node = node;
        this.access = access;
        this.guard = new RequestGuard(access);
        this.server = vertx.createHttpServer(secured(new HttpServerOptions()
                        // A client must not upgrade to HTTP/2: it has no Connection header, and brings nothing here.
                        .setHttp2ClearTextEnabled(false)
                        .setCompressionSupported(true)
                        .setMaxInitialLineLength(limits.line())
                        .setMaxHeaderSize(MAX_HEADERS)
                        .setIdleTimeout(IDLE_SECONDS)))
                .connectionHandler(connection -> connected(connection, limits.head()))
                .requestHandler(this::handle);
        routes.putAll(new HealthRoutes(node).routes());
        routes.putAll(new ClusterRoutes(vertx, node).routes());
        routes.putAll(new StatusRoutes(vertx, status, node).routes());
        routes.putAll(new ControlRoutes(vertx, control).routes());
        routes.put("/tls", Route.get(request -> tls()));
        routes.put("/metrics", Route.get(this::metrics));
        routes.put(
                "/drain", new Route(Map.of(HttpMethod.POST, request -> drain(), HttpMethod.GET, this::drainByProbe)));
    }

    /** Every path that is answered. */
    public Map<String, Set<String>> paths() {
        Map<String, Set<String>> paths = new TreeMap<>();
        routes.forEach((path, route) -> paths.put(
                path,
                route.actions().keySet().stream()
                        .map(HttpMethod::name)
                        .collect(Collectors.toCollection(TreeSet::new))));
        return paths;
    }

    private HttpServerOptions secured(HttpServerOptions options) {
        WatchedTls tls = access.tls();
        if (tls != null) {
            SocketTls.secure(options, tls.material(), HANDSHAKE);
            options.setUseAlpn(false);
        }
        return options;
    }

    private CompletionStage<?> renew(TlsMaterial material) {
        return server.updateSSLOptions(SocketTls.server(material, HANDSHAKE), true)
                .toCompletionStage();
    }

    /** Listens; the result is the address with the port found. */
    public Future<HostPort> listen(HostPort address) {
        WatchedTls tls = access.tls();
        if (tls != null) {
            tls.usedBy(this::renew);
        }
        return server.listen(address.port(), address.host())
                .map(listening -> new HostPort(address.host(), listening.actualPort()));
    }

    public Future<Void> close() {
        return server.close();
    }

    private void connected(HttpConnection connection, Duration head) {
        RequestDeadline deadline = new RequestDeadline(vertx, connection, head, Duration.ofSeconds(IDLE_SECONDS));
        deadlines.put(connection, deadline);
        connection.closeHandler(closed -> {
            deadlines.remove(connection);
            deadline.end();
        });
    }

    private void handle(HttpServerRequest request) {
        RequestDeadline deadline = deadlines.get(request.connection());
        if (deadline != null) {
            deadline.begun(request);
        }
        Answer refusal = guard.refusal(request);
        if (refusal != null) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
            if (refusal.status() == Answer.UNAUTHORIZED) {
                request.response().putHeader("WWW-Authenticate", "Bearer");
            }
            send(request, refusal);
            return;
        }
        Route route = routes.get(request.path());
        if (route == null) {
            send(request, Answer.error(Answer.NOT_FOUND, "there is no " + request.path()));
            return;
        }
        Function<HttpServerRequest, Future<Answer>> action = route.actions().get(request.method());
        if (action == null) {
            String allowed = route.actions().keySet().stream()
                    .map(HttpMethod::name)
                    .sorted()
                    .collect(Collectors.joining(", "));
            request.response().putHeader(HttpHeaders.ALLOW, allowed);
            send(request, Answer.error(Answer.METHOD_NOT_ALLOWED, request.path() + " takes " + allowed + " only"));
            return;
        }
        answered(action, request).onComplete(answer -> send(request, answer), failure -> failed(request, failure));
    }

    /** A failure also where the action throws: whoever asks is told in any case. */
    private static Future<Answer> answered(
            Function<HttpServerRequest, Future<Answer>> action, HttpServerRequest request) {
        try {
            return action.apply(request);
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }

    private static void failed(HttpServerRequest request, Throwable failure) {
        LOG.warn("{} {} failed", request.method(), request.path(), failure);
        send(request, Answer.error(Answer.FAILED, String.valueOf(failure.getMessage())));
    }

    private Future<Answer> metrics(HttpServerRequest request) {
        String accept = String.join(",", request.headers().getAll(HttpHeaders.ACCEPT));
        return vertx.executeBlocking(() -> node.metrics(accept), false)
                .map(scrape -> new Answer(Answer.OK, scrape.type(), scrape.text()));
    }

    /** The hooks of Kubernetes know GET only; they can send a header, which a web page cannot without being asked. */
    private Future<Answer> drainByProbe(HttpServerRequest request) {
        return request.headers().contains(DRAIN_HEADER)
                ? drain()
                : Answer.error(Answer.METHOD_NOT_ALLOWED, "/drain takes POST, or GET with the header " + DRAIN_HEADER)
                        .now();
    }

    private Future<Answer> tls() {
        return vertx.executeBlocking(node::tls, false).map(Answer::ok);
    }

    private Future<Answer> drain() {
        LOG.info("told to stop over the admin port");
        node.drain();
        return Answer.json(Answer.ACCEPTED, Map.of("status", "draining")).now();
    }

    private static void send(HttpServerRequest request, Answer answer) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        request.response()
                .setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.type())
                .end(answer.body());
    }
}
