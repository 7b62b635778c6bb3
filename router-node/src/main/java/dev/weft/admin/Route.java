package dev.weft.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.function.Function;

/** What is done for a request to one path, by method. Called on an event loop, which it must not hold up. */
record Route(Map<HttpMethod, Function<HttpServerRequest, Future<Answer>>> actions) {
    static Route get(Function<HttpServerRequest, Future<Answer>> action) {
        return new Route(Map.of(HttpMethod.GET, action));
    }

    static Route post(Function<HttpServerRequest, Future<Answer>> action) {
        return new Route(Map.of(HttpMethod.POST, action));
    }
}
