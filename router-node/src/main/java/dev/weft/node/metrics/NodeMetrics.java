package dev.weft.node.metrics;

import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which node this is, and where it stands.
 *
 * @param cluster its cluster; empty for a node alone
 * @param states all that there are
 * @param state the present one
 * @param digest of its present configuration
 */
public record NodeMetrics(
        String version,
        String node,
        String cluster,
        List<String> states,
        Supplier<String> state,
        Supplier<String> digest)
        implements MetricSource {
    @Override
    public void collect(MetricSamples into) {
        into.add(MetricCatalog.BUILD_INFO, 1, version, String.valueOf(Runtime.version()));
        into.add(MetricCatalog.NODE_INFO, 1, node, cluster);
        into.add(MetricCatalog.CONFIG_INFO, 1, digest.get());
        String present = state.get();
        for (String one : states) {
            into.add(MetricCatalog.LIFECYCLE_STATE, one.equals(present) ? 1 : 0, one);
        }
        if (cluster.isEmpty()) {
            into.add(MetricCatalog.CLUSTER_MEMBERS, 1);
        }
    }
}
