package dev.weft.node;

import dev.weft.admin.AdminNode;
import dev.weft.admin.HealthCheck;
import dev.weft.cluster.ClusterReport;
import dev.weft.cluster.MemberStatus;
import dev.weft.cluster.bridge.TableCounts;
import dev.weft.cluster.table.AuditCounters;
import dev.weft.link.NodeId;
import dev.weft.observability.Scrape;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a node tells over its admin port. */
final class NodeAdmin implements AdminNode {
    private final NodeId self;
    private final NodeLifecycle lifecycle;
    private final EventLoops loops;
    private final TableCounts counts;
    private final @Nullable ClusterNode cluster;
    private final CompletableFuture<Void> drainRequest;
    private final NodeObservation observation;
    private final HealthLog health = new HealthLog();

    /**
     * @param cluster null for a node alone
     * @param drainRequest completed when the node is told to stop
     */
    NodeAdmin(
            NodeId self,
            NodeLifecycle lifecycle,
            EventLoops loops,
            TableCounts counts,
            @Nullable ClusterNode cluster,
            CompletableFuture<Void> drainRequest,
            NodeObservation observation) {
        this.self = self;
        this.lifecycle = lifecycle;
        this.loops = loops;
        this.counts = counts;
        this.cluster = cluster;
        this.drainRequest = drainRequest;
        this.observation = observation;
    }

    @Override
    public List<String> notReady() {
        if (isLeaving()) {
            return List.of("the node is leaving");
        }
        if (lifecycle.state() == NodeLifecycle.State.READY) {
            return List.of();
        }
        List<String> missing = cluster == null ? List.of() : cluster.missing();
        return missing.isEmpty() ? List.of("the node is starting") : missing;
    }

    @Override
    public List<String> notStarted() {
        boolean started = lifecycle.state().compareTo(NodeLifecycle.State.READY) >= 0;
        return started ? List.of() : notReady();
    }

    @Override
    public Object tls() {
        return Map.of("places", observation.tls());
    }

    @Override
    public List<HealthCheck> checks() {
        NodeLifecycle.State state = lifecycle.state();
        boolean serves = state.compareTo(NodeLifecycle.State.READY) >= 0;
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(health.check("listeners", serves, serves ? "open" : "they open when all else is right"));
        if (cluster != null) {
            boolean joined = cluster.report() != null;
            List<String> missing = cluster.missing();
            checks.add(health.check("cluster.joined", joined, joined ? "a member of the cluster" : "not a member yet"));
            // One that has been ready stays so when another node goes missing.
            boolean synced = joined && (serves || missing.isEmpty());
            String waits = missing.isEmpty() ? "all tables are known" : String.join(", ", missing);
            checks.add(health.check("cluster.synced", synced, waits));
        }
        boolean leaving = isLeaving();
        checks.add(health.check("drain", !leaving, leaving ? "the node is leaving" : "not leaving"));
        return checks;
    }

    @Override
    public Scrape metrics(String accept) {
        return observation.scrape(accept);
    }

    private boolean isLeaving() {
        return drainRequest.isDone() || lifecycle.state().compareTo(NodeLifecycle.State.DRAINING) >= 0;
    }

    @Override
    public Future<Void> tick() {
        return loops.tick();
    }

    @Override
    public @Nullable Object members() {
        ClusterReport report = report();
        if (cluster == null) {
            return Map.of("members", List.of(MemberStatus.alone(self, isLeaving())));
        }
        return report == null ? null : Map.of("members", report.members(isLeaving()));
    }

    @Override
    public @Nullable Object links() {
        ClusterReport report = report();
        if (cluster == null) {
            return Map.of("links", List.of());
        }
        return report == null ? null : report.links();
    }

    @Override
    public @Nullable Object tables() {
        if (cluster == null) {
            return Map.of("realms", counts.count());
        }
        AuditCounters.Status audits = cluster.audits();
        return audits == null || report() == null ? null : new TablesReport(counts.count(), audits);
    }

    /**
     * What the tables hold and how they compared.
     *
     * @param audits since the start
     */
    public record TablesReport(List<TableCounts.Count> realms, AuditCounters.Status audits) {}

    @Override
    public @Nullable Future<VerifyReport> verify(boolean repair) {
        return cluster == null ? Future.succeededFuture(VerifyReport.NOTHING) : cluster.verify(repair);
    }

    @Override
    public void drain() {
        drainRequest.complete(null);
    }

    private @Nullable ClusterReport report() {
        return cluster == null ? null : cluster.report();
    }
}
