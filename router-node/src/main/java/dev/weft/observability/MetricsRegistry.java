package dev.weft.observability;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All metrics of a node: those of the router, from its sources, and those of the JVM and the process. Thread-safe. */
public final class MetricsRegistry implements AutoCloseable {
    /** The text format of Prometheus 0.0.4, which every version understands. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<MetricSource> sources = new CopyOnWriteArrayList<>();
    private final JvmGcMetrics collector = new JvmGcMetrics();

    public MetricsRegistry() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
        MultiCollector router = this::collect;
        registry.getPrometheusRegistry().register(router);
    }

    /** Adds one more part of the node. */
    public void add(MetricSource source) {
        sources.add(source);
    }

    private MetricSnapshots collect() {
        MetricSamples samples = new MetricSamples();
        sources.forEach(source -> source.collect(samples));
        return samples.snapshots();
    }

    /** Everything at this moment, as {@link #CONTENT_TYPE}. Takes some milliseconds: not on an event loop. */
    public String scrape() {
        return registry.scrape(CONTENT_TYPE);
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
