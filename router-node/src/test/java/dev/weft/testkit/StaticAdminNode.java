package dev.weft.testkit;

import dev.weft.admin.AdminNode;
import dev.weft.admin.HealthCheck;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node for the admin port that says what a test has written down. */
public final class StaticAdminNode implements AdminNode {
    /** Why it is not ready. */
    public volatile List<String> notReady = List.of();

    public volatile List<String> notStarted = List.of();

    public volatile boolean stuck;
    public volatile boolean knowsNothing;
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
    public String metrics() {
        return "# TYPE weft_sessions gauge\nweft_sessions 3\n";
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
    public void drain() {
        told.add("drain");
    }
}
