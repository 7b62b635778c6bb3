package dev.weft.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The cluster as the node sees it, and what concerns all of the node. What takes time is done on worker threads. */
final class ClusterRoutes {
    private final Vertx vertx;
    private final AdminNode node;

    ClusterRoutes(Vertx vertx, AdminNode node) {
        this.vertx = vertx;
        this.node = node;
    }

    Map<String, Route> routes() {
        return Map.of(
                "/cluster/members", Route.get(request -> found(node::members)),
                "/cluster/links", Route.get(request -> found(node::links)),
                "/cluster/tables", Route.get(request -> found(node::tables)),
                "/cluster/verify",
                        Route.post(request -> {
                            boolean repair = "true".equals(request.getParam("repair"));
                            return verify(repair);
                        }));
    }

    private Future<Answer> verify(boolean repair) {
        Future<?> report = node.verify(repair);
        return report == null ? notReady().now() : report.map(Answer::ok);
    }

    private Future<Answer> found(Callable<@Nullable Object> question) {
        return vertx.executeBlocking(question, false).map(body -> body == null ? notReady() : Answer.ok(body));
    }

    private Answer notReady() {
        return Answer.unavailable("not ready", node.notReady());
    }
}
