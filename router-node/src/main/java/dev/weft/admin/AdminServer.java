package dev.weft.admin;

import dev.weft.config.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers HTTP about one node (docs/operations.md). Whoever reaches it may use all of it, so it is for loopback addresses
 * only; requests that a web page sent by way of someone's browser are refused. What takes time is done on worker threads.
 */
public final class AdminServer {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final long LOOP_SECONDS = 5;
    private static final int IDLE_SECONDS = 60;
    private static final int MAX_LINE = 1024;
    private static final int MAX_HEADERS = 8 * 1024;

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    private record Answer(int status, Object body) {}

    private record Route(HttpMethod method, Function<HttpServerRequest, Future<Answer>> action) {}

    private final Vertx vertx;
    private final AdminNode node;
    private final HttpServer server;
    private final Map<String, Route> routes;

    public AdminServer(Vertx vertx, AdminNode node) {
        this.vertx = vertx;
        this.node = node;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        // A client must not upgrade to HTTP/2: it has no Connection header, and brings nothing here.
                        .setHttp2ClearTextEnabled(false)
                        .setMaxInitialLineLength(MAX_LINE)
                        .setMaxHeaderSize(MAX_HEADERS)
                        .setIdleTimeout(IDLE_SECONDS))
                .requestHandler(this::handle);
        this.routes = Map.of(
                "/livez", get(request -> live()),
                "/readyz", get(request -> Future.succeededFuture(ready())),
                "/cluster/members", get(request -> found(node::members)),
                "/cluster/links", get(request -> found(node::links)),
                "/cluster/tables", get(request -> found(node::tables)),
                "/cluster/verify",
                        post(request -> {
                            boolean repair = "true".equals(request.getParam("repair"));
                            return verify(repair);
                        }),
                "/drain", post(request -> drain()));
    }

    /** Listens; the result is the address with the port found. */
    public Future<HostPort> listen(HostPort address) {
        return server.listen(address.port(), address.host())
                .map(listening -> new HostPort(address.host(), listening.actualPort()));
    }

    public Future<Void> close() {
        return server.close();
    }

    private static Route get(Function<HttpServerRequest, Future<Answer>> action) {
        return new Route(HttpMethod.GET, action);
    }

    private static Route post(Function<HttpServerRequest, Future<Answer>> action) {
        return new Route(HttpMethod.POST, action);
    }

    private void handle(HttpServerRequest request) {
        Answer refusal = refusal(request);
        if (refusal != null) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
            send(request, refusal);
            return;
        }
        Route route = routes.get(request.path());
        if (route == null) {
            send(request, error(NOT_FOUND, "there is no " + request.path()));
        } else if (!route.method.equals(request.method())) {
            request.response().putHeader(HttpHeaders.ALLOW, route.method.name());
            send(request, error(METHOD_NOT_ALLOWED, request.path() + " takes " + route.method + " only"));
        } else {
            route.action.apply(request).onComplete(answer -> send(request, answer), failure -> {
                LOG.warn("{} {} failed", request.method(), request.path(), failure);
                send(request, error(FAILED, String.valueOf(failure.getMessage())));
            });
        }
    }

    /** A browser names the page that makes it send a request, and the host that it believes to be talking to. */
    private static @Nullable Answer refusal(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.ORIGIN)) {
            return error(FORBIDDEN, "not for web pages");
        }
        HostAndPort host = request.authority();
        if (host != null && !new HostPort(host.host(), 0).isLoopback()) {
            return error(FORBIDDEN, "not for requests to " + host.host());
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean hasBody =
                request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
        return hasBody ? error(TOO_LARGE, "requests have no body here") : null;
    }

    private Future<Answer> live() {
        return node.tick()
                .timeout(LOOP_SECONDS, TimeUnit.SECONDS)
                .map(came -> new Answer(OK, Map.of("status", "live")))
                .otherwise(late -> new Answer(
                        UNAVAILABLE,
                        new Fault("stuck", List.of("an event loop did not come round in " + LOOP_SECONDS + " s"))));
    }

    private Answer ready() {
        List<String> reasons = node.notReady();
        return reasons.isEmpty() ? new Answer(OK, Map.of("status", "ready")) : notReady(reasons);
    }

    private static Answer notReady(List<String> reasons) {
        return new Answer(UNAVAILABLE, new Fault("not ready", reasons));
    }

    private Future<Answer> drain() {
        LOG.info("told to stop over the admin port");
        node.drain();
        return Future.succeededFuture(new Answer(ACCEPTED, Map.of("status", "draining")));
    }

    private Future<Answer> verify(boolean repair) {
        Future<?> report = node.verify(repair);
        return report == null
                ? Future.succeededFuture(notReady(node.notReady()))
                : report.map(body -> new Answer(OK, body));
    }

    private Future<Answer> found(Callable<@Nullable Object> question) {
        return vertx.executeBlocking(question, false)
                .map(body -> body == null ? notReady(node.notReady()) : new Answer(OK, body));
    }

    private static Answer error(int status, String message) {
        return new Answer(status, Map.of("error", message));
    }

    private static void send(HttpServerRequest request, Answer answer) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        request.response()
                .setStatusCode(answer.status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(AdminJson.text(answer.body, "items"));
    }

    /** What is wrong; the order of the keys is that of the components. */
    record Fault(String status, List<String> reasons) {}
}
