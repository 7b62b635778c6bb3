package dev.weft.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Whether the node is started, live and ready, for those who start, restart and send clients to it. */
final class HealthRoutes {
    private static final long LOOP_SECONDS = 5;
    private static final String LOOPS = "event-loops";

    /** All that was looked at. */
    record Report(String status, List<HealthCheck> checks) {}

    private final AdminNode node;

    HealthRoutes(AdminNode node) {
        this.node = node;
    }

    Map<String, Route> routes() {
        Route ready = Route.get(this::ready);
        return Map.of(
                "/livez",
                Route.get(this::live),
                "/readyz",
                ready,
                "/healthz",
                ready,
                "/startupz",
                Route.get(this::started));
    }

    private Future<Answer> live(HttpServerRequest request) {
        return node.tick()
                .timeout(LOOP_SECONDS, TimeUnit.SECONDS)
                .map(came -> "")
                .otherwise(late -> "an event loop did not come round in " + LOOP_SECONDS + " s")
                .map(fault -> live(request, fault));
    }

    private static Answer live(HttpServerRequest request, String fault) {
        boolean live = fault.isEmpty();
        if (isVerbose(request)) {
            HealthCheck check = new HealthCheck(LOOPS, live, live ? "all came round" : fault, 0);
            return verbose(request, live, live ? "live" : "stuck", List.of(check));
        }
        return live ? Answer.ok(Map.of("status", "live")) : Answer.unavailable("stuck", List.of(fault));
    }

    private Future<Answer> ready(HttpServerRequest request) {
        return told(request, "ready", node.notReady());
    }

    /** Once started, a node stays so: it may not be ready any more, but need not be given more time to start. */
    private Future<Answer> started(HttpServerRequest request) {
        return told(request, "started", node.notStarted());
    }

    private Future<Answer> told(HttpServerRequest request, String status, List<String> reasons) {
        boolean well = reasons.isEmpty();
        if (isVerbose(request)) {
            return verbose(request, well, well ? status : "not " + status, node.checks())
                    .now();
        }
        return (well ? Answer.ok(Map.of("status", status)) : Answer.unavailable("not " + status, reasons)).now();
    }

    private static boolean isVerbose(HttpServerRequest request) {
        return request.params().contains("verbose");
    }

    /** Text for people, unless JSON is asked for. */
    private static Answer verbose(HttpServerRequest request, boolean well, String status, List<HealthCheck> checks) {
        int code = well ? Answer.OK : Answer.UNAVAILABLE;
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        if (accepted != null && accepted.contains("json")) {
            return Answer.json(code, new Report(status, checks));
        }
        StringBuilder text = new StringBuilder();
        checks.forEach(check -> text.append(check.line()));
        return Answer.text(code, text.append(status).append('\n').toString());
    }
}
