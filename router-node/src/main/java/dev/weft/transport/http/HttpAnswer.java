package dev.weft.transport.http;

import dev.weft.transport.BearerToken;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the answer to one request, in JSON. Belongs to its event loop. */
final class HttpAnswer {
    private static final int OK = 200;
    private static final String BASIC = "Basic realm=\"WAMP\", charset=\"UTF-8\"";
    private static final String BEARER = "Bearer realm=\"WAMP\"";

    private final HttpServerRequest request;
    private final JsonBody json;

    HttpAnswer(HttpServerRequest request, JsonBody json) {
        this.request = request;
        this.json = json;
    }

    /** Lets the page that asks read the answer: its origin is one that may. */
    void allowOrigin(String origin) {
        request.response().putHeader("Access-Control-Allow-Origin", origin).putHeader("Vary", "Origin");
    }

    /** Autobahn|JS asks its browser for requests with cookies, though none are set or read here. */
    void allowCredentials() {
        request.response().putHeader("Access-Control-Allow-Credentials", "true");
    }

    void ok(Map<String, ?> body) {
        end(OK, body);
    }

    void empty(int status) {
        end(status, null);
    }

    void failed(Failure failure) {
        if (failure.isUnauthorized()) {
            request.response().putHeader("WWW-Authenticate", challenges());
        }
        end(failure.status(), failure.body());
    }

    private List<String> challenges() {
        String shown = request.getHeader("Authorization");
        boolean token = BearerToken.of(shown) != null;
        return List.of(BASIC, token ? BEARER + ", error=\"invalid_token\"" : BEARER);
    }

    /** The rest of the request is not read: the connection ends with the answer. */
    void failedForGood(Failure failure) {
        request.response().putHeader("Connection", "close");
        failed(failure);
    }

    private void end(int status, @Nullable Map<String, ?> body) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader("Cache-Control", "no-store");
        if (body == null) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json").end(Buffer.buffer(json.write(body)));
        }
    }
}
