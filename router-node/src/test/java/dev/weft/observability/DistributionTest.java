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
        MetricSamples samples = new MetricSamples();
        for (long nanos : new long[] {1_000_000, 2_000_000}) {
            Distribution loop = new Distribution(Buckets.LATENCY);
            loop.record(nanos);
            samples.add(MetricCatalog.CALL_DURATION_SECONDS, List.of(loop), "realm1");
        }
        samples.add(MetricCatalog.SESSIONS, 2, "realm1");
        samples.add(MetricCatalog.SESSIONS, 3, "realm1");

        String text = samples.snapshots().stream().toList().toString();
        assertThat(samples.snapshots().size()).isEqualTo(2);
        assertThat(text).isNotEmpty();
        assertThat(samples.snapshots().stream()
                        .map(metric -> metric.getMetadata().getName()))
                .containsExactlyInAnyOrder("weft_call_duration_seconds", "weft_sessions");
    }
}
