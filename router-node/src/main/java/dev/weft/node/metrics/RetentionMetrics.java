package dev.weft.node.metrics;

import dev.weft.cluster.table.KeptCounters;
import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;

/** What became of the events that this node was to keep. */
public record RetentionMetrics(KeptCounters kept) implements MetricSource {
    @Override
    public void collect(MetricSamples into) {
        into.add(MetricCatalog.EVENTS_RETAINED_TOTAL, kept.retained(), "retained");
        into.add(MetricCatalog.EVENTS_RETAINED_TOTAL, kept.refused(), "refused");
        into.add(MetricCatalog.EVENTS_RETAINED_TOTAL, kept.lost(), "lost");
    }
}
