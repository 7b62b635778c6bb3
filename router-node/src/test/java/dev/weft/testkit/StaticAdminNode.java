package dev.weft.testkit;

import dev.weft.admin.AdminNode;
import dev.weft.admin.HealthCheck;
import dev.weft.admin.NodeControl;
import dev.weft.admin.NodeStatus;
import dev.weft.admin.Rows;
import dev.weft.admin.TraceRequest;
import dev.weft.observability.MetricsFormat;
import dev.weft.observability.Scrape;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node for the admin port that says what a test has written down. */
public final class StaticAdminNode implements AdminNode, NodeStatus, NodeControl {
    /** Why it is not ready. */
    public volatile List<String> notReady = List.of();

    public volatile List<String> notStarted = List.of();

    /** What is wrong with its configuration. */
    public volatile List<String> wrong = List.of();

    public volatile boolean stuck;
    public volatile boolean knowsNothing;

    /** Whether it cannot trace. */
    public volatile boolean broken;

    /** If more than none: so many connections with ids from 0. */
    public volatile int crowd;

    public volatile List<Object> differences = List.of();
    public final List<String> told = new ArrayList<>();

    /** One row of a table. */
    public record Row(String name, boolean member, long roundTripNanos, List<String> hidden) {}

    @Override
    public List<String> notReady() {
        return notReady;
    }

    @Override
    public List<String> notStarted() {
        return notStarted;
    }

    @Override
    public List<HealthCheck> checks() {
        return List.of(new HealthCheck("drain", notReady.isEmpty(), String.join(", ", notReady), 7));
    }

    @Override
    public Object tls() {
        return Map.of("places", List.of());
    }

    @Override
    public Scrape metrics(String accept) {
        MetricsFormat format = MetricsFormat.wantedBy(accept);
        return new Scrape(format.contentType(), "# TYPE weft_sessions gauge\nweft_sessions 3\n");
    }

    @Override
    public Future<Void> tick() {
        return stuck ? Promise.<Void>promise().future() : Future.succeededFuture();
    }

    @Override
    public Object members() {
        List<Row> rows = List.of(
                new Row("node-1", true, 1_500_000, List.of("a")), new Row("node-twenty-two", false, 20, List.of()));
        return knowsNothing ? null : Map.of("members", rows);
    }

    @Override
    public Object links() {
        throw new IllegalStateException("the links are broken");
    }

    @Override
    public Object tables() {
        Map<String, Object> tables = new LinkedHashMap<>();
        tables.put("realms", List.of());
        tables.put("last_audit", Map.of("found", 2));
        return tables;
    }

    @Override
    public Future<Object> verify(boolean repair) {
        told.add("verify " + repair);
        return Future.succeededFuture(Map.of("differences", differences, "complete", true));
    }

    @Override
    public Map<String, Object> overview() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("node", "node-1");
        figures.put("state", "ready");
        figures.put("messages_received", 10);
        figures.put("listeners", List.of(Map.of("name", "ws", "connections", 2)));
        return figures;
    }

    @Override
    public Map<String, Object> configuration() {
        return Map.of("node", Map.of("name", "node-1"));
    }

    /** A connection, as far as tests look at it. */
    public record Client(long id, String peer, long pendingBytes, String realm) {}

    private Rows clients() {
        if (crowd > 0) {
            return new Rows(Client.class, each -> {
                for (int id = 0; id < crowd; id++) {
                    each.accept(new Client(id, "10.0.0.1:5000", 0, "realm1"));
                }
                return Future.succeededFuture();
            });
        }
        List<Client> all = List.of(
                new Client(1, "10.0.0.1:5000", 7, "realm1"),
                new Client(2, "10.0.0.2:5000", 900, "realm1"),
                new Client(3, "10.0.1.1:5000", 0, null),
                new Client(4, "10.0.1.2:5000", 8, "realm2"));
        return new Rows(Client.class, each -> {
            all.forEach(each);
            return Future.succeededFuture();
        });
    }

    @Override
    public Rows connections() {
        return clients();
    }

    @Override
    public Rows sessions() {
        return clients();
    }

    @Override
    public Rows closed() {
        return clients();
    }

    @Override
    public Rows realms() {
        return clients();
    }

    @Override
    public Rows subscriptions() {
        return clients();
    }

    @Override
    public Rows registrations() {
        return clients();
    }

    @Override
    public Reloaded reload() {
        told.add("reload");
        return new Reloaded(
                wrong.isEmpty(),
                Map.of("applied", Map.of("logging.level", "debug"), "need_restart", Map.of(), "problems", wrong));
    }

    @Override
    public Future<Void> trace(TraceRequest request) {
        if (broken) {
            throw new IllegalStateException("the trace is broken");
        }
        told.add("trace " + request);
        return request.session() == null
                ? Future.succeededFuture()
                : Future.failedFuture(new IllegalArgumentException("this node has no session " + request.session()));
    }

    @Override
    public void endTrace() {
        told.add("end trace");
    }

    @Override
    public Future<?> traced() {
        return Future.succeededFuture(Map.of("messages", List.of()));
    }

    @Override
    public void drain() {
        told.add("drain");
    }
}
