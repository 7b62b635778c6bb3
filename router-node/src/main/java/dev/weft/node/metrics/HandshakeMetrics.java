package dev.weft.node.metrics;

import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;
import dev.weft.session.HandshakeCounters;
import dev.weft.transport.CloseReason;
import java.util.List;

/**
 * How clients get sessions.
 *
 * @param loops one for each event loop
 */
public record HandshakeMetrics(List<HandshakeCounters> loops) implements MetricSource {
    @Override
    public void collect(MetricSamples into) {
        for (CloseReason reason : CloseReason.values()) {
            long refused = loops.stream()
                    .mapToLong(loop -> loop.refusals().get(reason))
                    .sum();
            into.add(MetricCatalog.SESSIONS_REFUSED_TOTAL, refused, reason.label());
        }
        into.add(
                MetricCatalog.HANDSHAKE_DURATION_SECONDS,
                loops.stream().map(HandshakeCounters::durations).toList());
    }
}
