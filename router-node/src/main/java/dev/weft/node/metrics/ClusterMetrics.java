package dev.weft.node.metrics;

import dev.weft.cluster.ClusterReport;
import dev.weft.cluster.table.AuditCounters;
import dev.weft.cluster.table.TableCounters;
import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;
import java.util.function.BooleanSupplier;

/** The cluster as a node in it sees it, and what happened to the tables. */
public record ClusterMetrics(
        ClusterReport report, TableCounters tables, AuditCounters audits, int minimumSize, BooleanSupplier synced)
        implements MetricSource {
    @Override
    public void collect(MetricSamples into) {
        boolean running = report.isHazelcastRunning();
        into.add(MetricCatalog.HAZELCAST_RUNNING, running ? 1 : 0);
        into.add(MetricCatalog.CLUSTER_MEMBERS, running ? report.memberCount() : 0);
        into.add(MetricCatalog.CLUSTER_MINIMUM_SIZE, minimumSize);
        into.add(MetricCatalog.CLUSTER_SYNCED, synced.getAsBoolean() ? 1 : 0);
        into.add(MetricCatalog.CLUSTER_TERM, report.term());
        tables(into);
        AuditCounters.Status compared = audits.status();
        into.add(MetricCatalog.TABLE_AUDITS_TOTAL, compared.digests(), "peer");
        into.add(MetricCatalog.TABLE_AUDITS_TOTAL, compared.storeComparisons(), "store");
        into.add(MetricCatalog.TABLE_DIFFERENCES_TOTAL, compared.differencesFound(), "peer");
        into.add(MetricCatalog.TABLE_DIFFERENCES_TOTAL, compared.storeDifferencesFound(), "store");
        into.add(MetricCatalog.TABLE_REPAIRS_TOTAL, compared.differencesRepaired(), "peer");
        into.add(MetricCatalog.TABLE_REPAIRS_TOTAL, compared.storeDifferencesRepaired(), "store");
    }

    private void tables(MetricSamples into) {
        into.add(MetricCatalog.TABLE_CONFLICTS_TOTAL, tables.conflicts());
        into.add(MetricCatalog.TABLE_REVOCATIONS_TOTAL, tables.revocations());
        into.add(MetricCatalog.TABLE_REASSERTIONS_TOTAL, tables.reassertions());
        into.add(MetricCatalog.TABLE_RENEWALS_TOTAL, tables.renewals());
        into.add(MetricCatalog.TABLE_PURGES_TOTAL, tables.purges());
        into.add(MetricCatalog.TABLE_FENCES_TOTAL, tables.fences());
    }
}
