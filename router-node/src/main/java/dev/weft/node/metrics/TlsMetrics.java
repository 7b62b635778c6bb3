package dev.weft.node.metrics;

import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;
import dev.weft.tls.TlsStatus;
import java.util.List;
import java.util.function.Supplier;

/** What a node speaks TLS with, place by place, and what became of files that changed. */
public record TlsMetrics(Supplier<List<TlsStatus>> places) implements MetricSource {
    @Override
    public void collect(MetricSamples into) {
        for (TlsStatus place : places.get()) {
            into.add(MetricCatalog.TLS_RELOADS_TOTAL, place.reloads(), place.name());
            into.add(MetricCatalog.TLS_RELOADS_REFUSED_TOTAL, place.refused(), place.name());
            place.certificates().stream()
                    .mapToLong(certificate -> certificate.notAfter().getEpochSecond())
                    .min()
                    .ifPresent(
                            soonest -> into.add(MetricCatalog.TLS_CERTIFICATE_EXPIRY_SECONDS, soonest, place.name()));
        }
    }
}
