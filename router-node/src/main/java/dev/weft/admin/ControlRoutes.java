package dev.weft.admin;

import dev.weft.observability.LogLevels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node can be told while it runs: to read its configuration again, to log more, to record messages. */
final class ControlRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ControlRoutes.class);
    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");
    private static final int DEFAULT_SECONDS = 600;
    private static final int MAX_SECONDS = 86_400;

    private final Vertx vertx;
    private final NodeControl control;
    /** Of levels that end by themselves, by logger. Guarded by this. */
    private final Map<String, Long> timers = new HashMap<>();

    ControlRoutes(Vertx vertx, NodeControl control) {
        this.vertx = vertx;
        this.control = control;
    }

    Map<String, Route> routes() {
        return Map.of(
                "/reload", Route.post(request -> reload()),
                "/loggers",
                        new Route(Map.of(HttpMethod.GET, request -> levels().now(), HttpMethod.POST, this::setLevel)),
                "/trace",
                        new Route(Map.of(
                                HttpMethod.GET, request -> control.traced().map(Answer::ok),
                                HttpMethod.POST, this::trace,
                                HttpMethod.DELETE, request -> endTrace())));
    }

    private Future<Answer> reload() {
        return vertx.executeBlocking(control::reload, true)
                .map(reloaded -> Answer.json(reloaded.accepted() ? Answer.OK : Answer.CONFLICT, reloaded.report()));
    }

    private static Answer levels() {
        return Answer.ok(Map.of("loggers", LogLevels.all()));
    }

    private Future<Answer> setLevel(HttpServerRequest request) {
        String name = request.getParam("name", LogLevels.ROUTER);
        String level = request.getParam("level", "");
        if (!LEVELS.contains(level)) {
            return wrong("level is one of " + String.join(", ", LEVELS));
        }
        try {
            set(name, level, PageRequest.number(request.params(), "seconds", DEFAULT_SECONDS, 0, MAX_SECONDS));
            return levels().now();
        } catch (PageRequest.Wrong wrong) {
            return wrong(String.valueOf(wrong.getMessage()));
        }
    }

    private synchronized void set(String name, String level, int seconds) {
        Long earlier = timers.remove(name);
        if (earlier != null) {
            vertx.cancelTimer(earlier);
        }
        if (seconds == 0) {
            LOG.info("{} logs at {} from now on", name, level);
            LogLevels.set(name, level);
            return;
        }
        LOG.info("{} logs at {} for {} s", name, level, seconds);
        LogLevels.setForATime(name, level);
        timers.put(name, vertx.setTimer(seconds * 1000L, over -> restore(name, over)));
    }

    /** A reload in the meantime has ended the level already, and what it set stays. */
    private synchronized void restore(String name, long timer) {
        if (timers.remove(name, timer) && LogLevels.restore(name)) {
            LOG.info("{} logs as before", name);
        }
    }

    private Future<Answer> trace(HttpServerRequest request) {
        TraceRequest wanted;
        try {
            wanted = TraceRequest.of(request.params());
        } catch (PageRequest.Wrong wrong) {
            return wrong(String.valueOf(wrong.getMessage()));
        }
        LOG.info(
                "records the messages of {} for {} s",
                wanted.says(),
                wanted.time().toSeconds());
        return control.trace(wanted)
                .map(begun -> Answer.json(Answer.ACCEPTED, Map.of("status", "recording")))
                .recover(failure -> failure instanceof IllegalArgumentException
                        ? Answer.error(Answer.NOT_FOUND, String.valueOf(failure.getMessage()))
                                .now()
                        : Future.failedFuture(failure));
    }

    private Future<Answer> endTrace() {
        control.endTrace();
        return control.traced().map(Answer::ok);
    }

    private static Future<Answer> wrong(String message) {
        return Answer.error(Answer.BAD_REQUEST, message).now();
    }
}
