package dev.weft.node;

import dev.weft.config.ConfigReport;
import dev.weft.config.ConfigView;
import dev.weft.config.NodeConfig;
import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration that a node runs with, and how it is read again while it runs. Thread-safe. */
final class RunningConfig implements MetricSource {
    private static final Logger LOG = LoggerFactory.getLogger(RunningConfig.class);

    /**
     * A part that can change without a restart.
     *
     * @param taken makes the present configuration one with the part of the next one
     * @param apply puts the part into force, and returns when it is
     */
    record Part(BinaryOperator<NodeConfig> taken, Consumer<NodeConfig> apply) {}

    private final Supplier<ConfigReport> source;
    private final List<Part> parts;
    private final InstantSource clock;
    private volatile NodeConfig present;
    private volatile @Nullable Instant reloaded;
    private volatile int waiting;
    private volatile long applied;
    private volatile long refused;

    /**
     * @param source reads the configuration again
     * @param clock for people
     */
    RunningConfig(NodeConfig present, Supplier<ConfigReport> source, List<Part> parts, InstantSource clock) {
        this.present = present;
        this.source = source;
        this.parts = List.copyOf(parts);
        this.clock = clock;
    }

    NodeConfig present() {
        return present;
    }

    /** Reads files, so not on an event loop. Nothing changes unless all of the configuration is right. */
    synchronized ReloadReport reload() {
        ConfigReport report = source.get();
        NodeConfig next = report.config().orElse(null);
        if (next == null) {
            refused++;
            List<String> problems =
                    report.problems().stream().map(String::valueOf).toList();
            LOG.error("the configuration is wrong, so the present one stays: {}", String.join("; ", problems));
            return ReloadReport.refused(problems);
        }
        NodeConfig before = present;
        for (Part part : parts) {
            NodeConfig taken = part.taken().apply(present, next);
            if (!taken.equals(present)) {
                present = taken;
                part.apply().accept(taken);
            }
        }
        Map<String, Object> inForce = ConfigView.changes(before, present);
        Map<String, Object> restart = ConfigView.changes(present, next);
        applied++;
        waiting = restart.size();
        reloaded = clock.instant();
        LOG.info("configuration read again: {} changed, {} need a restart", inForce.keySet(), restart.keySet());
        return new ReloadReport(true, inForce, restart, List.of());
    }

    @Override
    public void collect(MetricSamples into) {
        into.add(MetricCatalog.CONFIG_RELOADS_TOTAL, applied, "applied");
        into.add(MetricCatalog.CONFIG_RELOADS_TOTAL, refused, "refused");
        into.add(MetricCatalog.CONFIG_NEEDS_RESTART, waiting);
        Instant last = reloaded;
        into.add(MetricCatalog.CONFIG_LAST_RELOAD_TIMESTAMP_SECONDS, last == null ? 0 : last.toEpochMilli() / 1000.0);
    }
}
