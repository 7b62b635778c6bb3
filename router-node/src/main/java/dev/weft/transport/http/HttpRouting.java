package dev.weft.transport.http;

import dev.weft.transport.ForwardedFor;
import dev.weft.transport.ProxyTrust;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** One request: whether it is let in, and whom it is for. Belongs to its event loop. */
final class HttpRouting {
    private static final String PUBLISH = "/publish";
    private static final String CALL = "/call";
    private static final String SUBSCRIBE = "/subscribe";
    private static final String JSON = "application/json";
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int NOT_JSON = 415;
    private static final int UNAVAILABLE = 503;

    private final HttpListener listener;
    private final HttpLoop loop;
    private final HttpClient client;
    private final HttpServerRequest request;
    private final HttpAnswer answer;
    private final @Nullable PollPath poll;

    HttpRouting(HttpListener listener, HttpLoop loop, HttpClient client, HttpServerRequest request) {
        this.listener = listener;
        this.loop = loop;
        this.client = client;
        this.request = request;
        this.answer = new HttpAnswer(request, loop.json());
        this.poll = PollPath.of(listener.options().longpoll(), request.path());
    }

    void handle() {
        Failure refusal = refusal();
        if (refusal != null) {
            answer.failedForGood(refusal);
            return;
        }
        HttpPeer peer = peer();
        if (peer == null) {
            answer.failedForGood(Failure.http(BAD_REQUEST, "X-Forwarded-For says what is no address"));
            return;
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            request.response()
                    .putHeader("Access-Control-Allow-Methods", "GET, POST")
                    .putHeader("Access-Control-Allow-Headers", "authorization, content-type");
            answer.empty(NO_CONTENT);
            return;
        }
        LongPollOptions longpoll = listener.options().longpoll();
        if (poll != null && longpoll != null) {
            new LongPollRouting(listener, longpoll, loop, request, answer).handle(poll, peer);
            return;
        }
        Credentials credentials = Credentials.of(request.headers().getAll("Authorization"));
        if (credentials == null) {
            answer.failedForGood(Failure.http(
                    UNAUTHORIZED,
                    "Authorization is neither Basic, with an authid and a ticket, nor Bearer, with a token"));
        } else if (request.path().equals(SUBSCRIBE)) {
            subscribe(credentials, peer);
        } else {
            post(credentials, peer);
        }
    }

    private @Nullable Failure refusal() {
        // Transports that are open are drained: their clients still ask for what they were sent last.
        if (listener.isStopping() && (poll == null || poll.isOpen())) {
            return Failure.http(UNAVAILABLE, "this node is about to stop");
        }
        List<String> origins = request.headers().getAll("Origin");
        String named = request.getHeader("Host");
        String host = named == null ? "" : named;
        String origin = origins.isEmpty() ? null : origins.get(0);
        boolean overLoopback = isOverLoopback();
        if (origins.size() > 1 || !listener.origins().allows(origin, host, overLoopback)) {
            return Failure.http(FORBIDDEN, "pages of the origin " + origin + " may not ask here (listeners[].origins)");
        }
        if (origin == null && overLoopback && !listener.origins().mayBeAskedFor(host)) {
            return Failure.http(
                    FORBIDDEN,
                    host + " is no name of this machine: a proxy has to be in listeners[].trusted-proxies,"
                            + " a page in listeners[].origins");
        }
        if (origin != null) {
            answer.allowOrigin(origin);
            if (poll != null) {
                answer.allowCredentials();
            }
        }
        HttpMethod method = request.path().equals(SUBSCRIBE) ? HttpMethod.GET : HttpMethod.POST;
        if (poll == null && !List.of(PUBLISH, CALL, SUBSCRIBE).contains(request.path())) {
            return Failure.http(NOT_FOUND, "there is no " + request.path());
        }
        if (!request.method().equals(method) && !request.method().equals(HttpMethod.OPTIONS)) {
            request.response().putHeader("Allow", method.name());
            return Failure.http(METHOD_NOT_ALLOWED, request.path() + " takes " + method + " only");
        }
        return null;
    }

    private boolean isOverLoopback() {
        var connection = request.connection();
        ProxyTrust trust = listener.options().listener().trust();
        return trust.isOverLoopback(socketAddress(connection.localAddress()), address(connection.remoteAddress()));
    }

    private static @Nullable InetSocketAddress socketAddress(@Nullable SocketAddress own) {
        InetAddress address = address(own);
        return own == null || address == null ? null : new InetSocketAddress(address, own.port());
    }

    private static @Nullable InetAddress address(@Nullable SocketAddress of) {
        return of == null ? null : NetUtil.createInetAddressFromIpAddressString(of.hostAddress());
    }

    /** Who asks, as far as proxies that are believed tell; null if what they tell is no address. */
    private @Nullable HttpPeer peer() {
        var remote = request.connection().remoteAddress();
        String name = String.valueOf(remote);
        List<String> chain = request.headers().getAll("X-Forwarded-For").stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
        byte[] asking = remote == null ? null : NetUtil.createByteArrayFromIpAddressString(remote.hostAddress());
        if (asking != null && !chain.isEmpty()) {
            InetAddress direct = ForwardedFor.address(asking);
            InetAddress told = ForwardedFor.client(
                    direct, chain, listener.options().listener().trust().proxies());
            if (told == null) {
                return null;
            }
            if (!told.equals(direct)) {
                name = NetUtil.toSocketAddressString(new InetSocketAddress(told, 0));
            }
        }
        return new HttpPeer(
                name,
                request.connection().isSsl(),
                certificates(request.connection().sslSession()));
    }

    private static List<X509Certificate> certificates(@Nullable SSLSession session) {
        try {
            return session == null
                    ? List.of()
                    : Arrays.stream(session.getPeerCertificates())
                            .map(X509Certificate.class::cast)
                            .toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }

    private void subscribe(Credentials credentials, HttpPeer peer) {
        String realm = request.getParam("realm");
        String topic = request.getParam("topic");
        if (realm == null || topic == null) {
            answer.failed(Failure.badRequest("realm and topic must be in the query"));
            return;
        }
        Map<String, Object> options = new LinkedHashMap<>();
        String match = request.getParam("match");
        if (match != null) {
            options.put("match", match);
        }
        if ("true".equals(request.getParam("get_retained"))) {
            options.put("get_retained", true);
        }
        client.subscribe(request, realm, topic, options, credentials, peer);
    }

    private void post(Credentials credentials, HttpPeer peer) {
        String type = request.getHeader("Content-Type");
        if (type == null
                || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(JSON)) {
            answer.failedForGood(Failure.http(NOT_JSON, "Content-Type must be " + JSON));
            return;
        }
        var limits = listener.options().listener().limits();
        new BodyReader(
                        request,
                        loop,
                        limits.maxMessageSize(),
                        limits.handshakeTimeout().toMillis(),
                        answer::failedForGood)
                .read(bytes -> {
                    Map<?, ?> body = loop.json().read(bytes);
                    if (body == null) {
                        answer.failed(Failure.badRequest("the body is no dict in JSON"));
                    } else if (request.path().equals(PUBLISH)) {
                        client.publish(body, credentials, peer, answer);
                    } else {
                        client.call(body, credentials, peer, answer);
                    }
                });
    }
}
