package dev.weft.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The node in figures and in lists, for people who look for something. */
final class StatusRoutes {
    private final Vertx vertx;
    private final NodeStatus status;
    private final AdminNode node;

    StatusRoutes(Vertx vertx, NodeStatus status, AdminNode node) {
        this.vertx = vertx;
        this.status = status;
        this.node = node;
    }

    Map<String, Route> routes() {
        Map<String, Route> routes = new LinkedHashMap<>();
        routes.put(
                "/varz",
                Route.get(request ->
                        vertx.executeBlocking(status::overview, false).map(Answer::ok)));
        routes.put(
                "/configz",
                Route.get(request -> Answer.ok(status.configuration()).now()));
        routes.put("/connz", paged(status::connections));
        routes.put("/sessionz", paged(status::sessions));
        routes.put("/closedz", paged(status::closed));
        routes.put("/realmz", paged(status::realms));
        routes.put("/subz", paged(status::subscriptions));
        routes.put("/regz", paged(status::registrations));
        Function<Supplier<Object>, Route> found = question -> Route.get(request -> vertx.executeBlocking(
                        question::get, false)
                .map(body -> body == null ? Answer.unavailable("not ready", node.notReady()) : Answer.ok(body)));
        routes.put("/linkz", found.apply(node::links));
        routes.put("/tablez", found.apply(node::tables));
        return routes;
    }

    private Route paged(Supplier<Rows> rows) {
        return Route.get(request -> page(rows.get(), request));
    }

    private static Future<Answer> page(Rows rows, HttpServerRequest request) {
        PageBuilder page;
        try {
            page = new PageBuilder(PageRequest.of(request.params(), RowColumn.of(rows.type())));
        } catch (PageRequest.Wrong wrong) {
            return Answer.error(Answer.BAD_REQUEST, String.valueOf(wrong.getMessage()))
                    .now();
        }
        return rows.source().each(page::add).map(done -> Answer.ok(page.page()));
    }
}
