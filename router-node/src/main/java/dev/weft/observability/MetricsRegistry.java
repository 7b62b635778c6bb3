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
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All metrics of a node: those of the router, from its sources, and those of the JVM and the process. Thread-safe. */
public final class MetricsRegistry implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(new Settings());
    private final List<MetricSource> sources = new CopyOnWriteArrayList<>();
    private final JvmGcMetrics collector = new JvmGcMetrics();

    private final boolean exemplars;

    /**
     * @param exemplars whether there may be any, so that scrapers that would have OpenMetrics get it; otherwise it would say
     *     no more than the text format
     */
    public MetricsRegistry(boolean exemplars) {
        this.exemplars = exemplars;
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

    /** Exemplars stand where OpenMetrics allows them only; by default Micrometer writes them at {@code _count}, too. */
    private static final class Settings implements PrometheusConfig {
        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public Properties prometheusProperties() {
            Properties properties = new Properties();
            properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
            return properties;
        }
    }

    private MetricSnapshots collect() {
        MetricSamples samples = new MetricSamples();
        sources.forEach(source -> source.collect(samples));
        return samples.snapshots();
    }

    /**
     * Everything at this moment. Takes some milliseconds: not on an event loop.
     *
     * @param accept see {@link MetricsFormat#wantedBy}
     */
    public Scrape scrape(String accept) {
        MetricsFormat format = exemplars ? MetricsFormat.wantedBy(accept) : MetricsFormat.TEXT;
        return new Scrape(format.contentType(), registry.scrape(format.contentType()));
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
