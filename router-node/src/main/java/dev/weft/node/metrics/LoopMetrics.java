package dev.weft.node.metrics;

import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;
import java.util.List;

/** The event loops. */
public record LoopMetrics(List<LoopLag> loops) implements MetricSource {
    @Override
    public void collect(MetricSamples into) {
        for (LoopLag loop : loops) {
            String index = String.valueOf(loop.lane().index());
            into.add(MetricCatalog.EVENTLOOP_LAG_SECONDS, List.of(loop.lag()), index);
            into.add(MetricCatalog.EVENTLOOP_QUEUE_BYTES, loop.lane().waitingBytes(), index);
        }
    }
}
