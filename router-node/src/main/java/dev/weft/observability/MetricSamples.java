package dev.weft.observability;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of one scrape. Confined to one thread. Figures with the same labels are added. */
public final class MetricSamples {
    private record Point(double value, List<Distribution> parts) {
        private Point with(double more) {
            return new Point(value + more, parts);
        }

        private Point with(Collection<Distribution> more) {
            List<Distribution> all = new ArrayList<>(parts);
            all.addAll(more);
            return new Point(value, all);
        }
    }

    private static final Point NOTHING = new Point(0, List.of());

    private final Map<MetricCatalog, Map<List<String>, Point>> samples = new EnumMap<>(MetricCatalog.class);

    /** @param labels values, in the order of {@link MetricCatalog#labels()} */
    public void add(MetricCatalog metric, double value, String... labels) {
        points(metric, labels)
                .merge(List.of(labels), NOTHING.with(value), (present, more) -> present.with(more.value()));
    }

    /**
     * Adds to a histogram.
     *
     * @param parts all with the buckets of the metric
     */
    public void add(MetricCatalog metric, Collection<Distribution> parts, String... labels) {
        points(metric, labels)
                .merge(List.of(labels), NOTHING.with(parts), (present, more) -> present.with(more.parts()));
    }

    private Map<List<String>, Point> points(MetricCatalog metric, String... labels) {
        if (labels.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric + " has the labels " + metric.labels());
        }
        return samples.computeIfAbsent(metric, first -> new LinkedHashMap<>());
    }

    MetricSnapshots snapshots() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        samples.forEach((metric, points) -> snapshots.add(snapshot(metric, points)));
        return new MetricSnapshots(snapshots);
    }

    private static MetricSnapshot snapshot(MetricCatalog metric, Map<List<String>, Point> points) {
        String name = metric.base();
        String help = metric.help();
        switch (metric.type()) {
            case COUNTER -> {
                CounterSnapshot.Builder counter =
                        CounterSnapshot.builder().name(name).help(help);
                points.forEach((labels, point) -> counter.dataPoint(
                        new CounterSnapshot.CounterDataPointSnapshot(point.value(), labels(metric, labels), null, 0)));
                return counter.build();
            }
            case GAUGE -> {
                GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
                points.forEach((labels, point) -> gauge.dataPoint(
                        new GaugeSnapshot.GaugeDataPointSnapshot(point.value(), labels(metric, labels), null)));
                return gauge.build();
            }
            case INFO -> {
                InfoSnapshot.Builder info = InfoSnapshot.builder().name(name).help(help);
                points.keySet()
                        .forEach(labels ->
                                info.dataPoint(new InfoSnapshot.InfoDataPointSnapshot(labels(metric, labels))));
                return info.build();
            }
            case HISTOGRAM -> {
                HistogramSnapshot.Builder histogram =
                        HistogramSnapshot.builder().name(name).help(help);
                points.forEach((labels, point) -> histogram.dataPoint(histogram(metric, labels, point.parts())));
                return histogram.build();
            }
        }
        throw new IllegalStateException(String.valueOf(metric.type()));
    }

    private static HistogramSnapshot.HistogramDataPointSnapshot histogram(
            MetricCatalog metric, List<String> labels, List<Distribution> parts) {
        Buckets buckets = metric.buckets();
        double[] bounds = buckets.publishedBounds();
        long[] counts = new long[bounds.length];
        long sum = 0;
        for (Distribution part : parts) {
            for (int bucket = 0; bucket < counts.length; bucket++) {
                counts[bucket] += part.count(bucket);
            }
            sum += part.sum();
        }
        return HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                .sum(buckets.published(sum))
                .exemplars(exemplars(buckets, parts))
                .labels(labels(metric, labels))
                .build();
    }

    /** Of each range the newest of all parts. */
    private static Exemplars exemplars(Buckets buckets, List<Distribution> parts) {
        Exemplars.Builder exemplars = Exemplars.builder();
        for (int bucket = 0; bucket < buckets.publishedBounds().length; bucket++) {
            Exemplar newest = newest(bucket, parts);
            if (newest != null) {
                exemplars.exemplar(exemplar(buckets, newest));
            }
        }
        return exemplars.build();
    }

    private static @Nullable Exemplar newest(int bucket, List<Distribution> parts) {
        Exemplar newest = null;
        for (Distribution part : parts) {
            newest = Distribution.newer(newest, part.exemplar(bucket));
        }
        return newest;
    }

    private static io.prometheus.metrics.model.snapshots.Exemplar exemplar(Buckets buckets, Exemplar exemplar) {
        HexFormat hex = HexFormat.of();
        return io.prometheus.metrics.model.snapshots.Exemplar.builder()
                .value(buckets.published(exemplar.value()))
                .traceId(hex.toHexDigits(exemplar.traceHigh()) + hex.toHexDigits(exemplar.traceLow()))
                .spanId(hex.toHexDigits(exemplar.span()))
                .timestampMillis(exemplar.timestamp())
                .build();
    }

    private static Labels labels(MetricCatalog metric, List<String> values) {
        return Labels.of(metric.labels(), values);
    }
}
