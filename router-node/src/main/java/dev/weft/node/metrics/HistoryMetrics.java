package dev.weft.node.metrics;

import dev.weft.cluster.table.HistoryCounters;
import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;

/** What became of the events that this node was to keep in histories. */
public record HistoryMetrics(HistoryCounters histories) implements MetricSource {
    @Override
    public void collect(MetricSamples into) {
        into.add(MetricCatalog.EVENTS_IN_HISTORY_TOTAL, histories.kept(), "kept");
        into.add(MetricCatalog.EVENTS_IN_HISTORY_TOTAL, histories.refused(), "refused");
        into.add(MetricCatalog.EVENTS_IN_HISTORY_TOTAL, histories.dropped(), "dropped");
        into.add(MetricCatalog.EVENTS_IN_HISTORY_TOTAL, histories.lost(), "lost");
    }
}
