package dev.weft.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void aValueOnABoundBelongsToTheRangeThatEndsThere() {
        Distribution spread = new Distribution(Buckets.NUMBER);
        List.of(0L, 1L, 2L, 10L, 100_000L, 100_001L).forEach(spread::record);

        assertThat(List.of(spread.count(0), spread.count(1), spread.count(2))).containsExactly(1L, 1L, 2L);
        assertThat(spread.count(6)).isEqualTo(1);
        assertThat(spread.count(7)).as("without an end").isEqualTo(1);
        assertThat(spread.sum()).isEqualTo(200_014);
    }

    @Test
    void timesArePublishedInSeconds() {
        assertThat(Buckets.LATENCY.publishedBounds()).startsWith(0.0001).endsWith(30, Double.POSITIVE_INFINITY);
        assertThat(Buckets.LATENCY.published(TimeUnit.MILLISECONDS.toNanos(1500)))
                .isEqualTo(1.5);
    }

    @Test
    void whatEventLoopsCountedIsAddedUpWhenItIsRead() {
        try (MetricsRegistry registry = new MetricsRegistry(false)) {
            registry.add(samples -> {
                for (long nanos : new long[] {1_000_000, 2_000_000}) {
                    Distribution loop = new Distribution(Buckets.LATENCY);
                    loop.record(nanos);
                    samples.add(MetricCatalog.CALL_DURATION_SECONDS, List.of(loop), "realm1", "local");
                }
                samples.add(MetricCatalog.SESSIONS, 2, "realm1");
                samples.add(MetricCatalog.SESSIONS, 3, "realm1");
            });

            assertThat(registry.scrape("*/*").text())
                    .contains(
                            "weft_call_duration_seconds_bucket{realm=\"realm1\",scope=\"local\",le=\"5.0E-4\"} 0\n",
                            "weft_call_duration_seconds_bucket{realm=\"realm1\",scope=\"local\",le=\"0.001\"} 1\n",
                            "weft_call_duration_seconds_bucket{realm=\"realm1\",scope=\"local\",le=\"0.0025\"} 2\n",
                            "weft_call_duration_seconds_count{realm=\"realm1\",scope=\"local\"} 2\n",
                            "weft_call_duration_seconds_sum{realm=\"realm1\",scope=\"local\"} 0.003\n",
                            "weft_sessions{realm=\"realm1\"} 5");
        }
    }
}
