package dev.weft.node.metrics;

import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;
import dev.weft.tracing.SpanCounts;
import dev.weft.tracing.Tracing;

/** What became of the spans of this node. */
public record TracingMetrics(Tracing tracing) implements MetricSource {
    @Override
    public void collect(MetricSamples into) {
        SpanCounts counts = tracing.counts();
        into.add(MetricCatalog.TRACE_SPANS_TOTAL, counts.exported(), "exported");
        into.add(MetricCatalog.TRACE_SPANS_TOTAL, counts.refused(), "refused");
        into.add(MetricCatalog.TRACE_SPANS_TOTAL, counts.dropped(), "dropped");
    }
}
