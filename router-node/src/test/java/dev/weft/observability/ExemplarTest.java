package dev.weft.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExemplarTest {
    private static final String OPEN_METRICS = MetricsFormat.OPEN_METRICS.contentType();
    private static final long FIRST_RANGE = 100_000;
    private static final long SECOND_RANGE = 250_000;

    /** What is published of the duration of calls. */
    private static String published(boolean exemplars, String accept, Distribution... loops) {
        try (MetricsRegistry registry = new MetricsRegistry(exemplars)) {
            registry.add(into -> {
                for (Distribution loop : loops) {
                    into.add(MetricCatalog.CALL_DURATION_SECONDS, List.of(loop), "realm1", "local");
                }
            });
            return registry.scrape(accept)
                    .text()
                    .lines()
                    .filter(line -> line.contains("weft_call_duration_seconds") || line.equals("# EOF"))
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }

    private static Exemplar exemplar(long nanos, long span, long timestamp) {
        return new Exemplar(nanos, 0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, span, timestamp);
    }

    private static String bucket(String text, String bound) {
        String start = "weft_call_duration_seconds_bucket{realm=\"realm1\",scope=\"local\",le=\"" + bound + "\"} ";
        return text.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void openMetricsHasTheExemplarsByteForByte() {
        Distribution loop = new Distribution(Buckets.LATENCY);
        loop.record(50_000);
        loop.record(exemplar(2_000_000, 0x00f067aa0ba902b7L, 1_700_000_000_123L));
        loop.record(exemplar(60_000_000_000L, 1, 1_700_000_001_000L));
        assertThat(published(true, OPEN_METRICS, loop)).isEqualTo("""
                # TYPE weft_call_duration_seconds histogram
                # HELP weft_call_duration_seconds From CALL to its last answer, whatever that was, \
                by where the callee is: `local` on this node, `remote` on another, `none` if the call ended before it went to one.
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="1.0E-4"} 1
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="2.5E-4"} 1
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="5.0E-4"} 1
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="0.001"} 1
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="0.0025"} 2 # \
                {span_id="00f067aa0ba902b7",trace_id="4bf92f3577b34da6a3ce929d0e0e4736"} 0.002 1700000000.123
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="0.005"} 2
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="0.01"} 2
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="0.025"} 2
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="0.05"} 2
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="0.1"} 2
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="0.25"} 2
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="0.5"} 2
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="1.0"} 2
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="2.5"} 2
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="10.0"} 2
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="30.0"} 2
                weft_call_duration_seconds_bucket{realm="realm1",scope="local",le="+Inf"} 3 # \
                {span_id="0000000000000001",trace_id="4bf92f3577b34da6a3ce929d0e0e4736"} 60.0 1700000001.000
                weft_call_duration_seconds_count{realm="realm1",scope="local"} 3
                weft_call_duration_seconds_sum{realm="realm1",scope="local"} 60.00205
                # EOF
                """);
    }

    @Test
    void theTextFormatHasTheSameSeriesAndNoExemplars() {
        Distribution loop = new Distribution(Buckets.LATENCY);
        loop.record(exemplar(2_000_000, 7, 1));
        String text = published(true, "*/*", loop);
        assertThat(text)
                .doesNotContain(" # {", "# EOF", "# UNIT")
                .contains("# TYPE weft_call_duration_seconds histogram");
        List<String> series = text.lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(published(true, OPEN_METRICS, loop)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.replaceFirst(" # .*", "")))
                .containsExactlyElementsOf(series);
        assertThat(published(false, OPEN_METRICS, loop)).as("without tracing").isEqualTo(text);
    }

    @Test
    void eachRangeKeepsTheLastAndOneOnABoundIsInTheRangeThatEndsThere() {
        Distribution loop = new Distribution(Buckets.LATENCY);
        loop.record(exemplar(1, 1, 1));
        loop.record(exemplar(FIRST_RANGE, 2, 1));
        loop.record(5);
        loop.record(exemplar(FIRST_RANGE + 1, 3, 1));
        loop.record(exemplar(SECOND_RANGE, 4, 2));
        String text = published(true, OPEN_METRICS, loop);
        assertThat(bucket(text, "1.0E-4"))
                .startsWith("3 # {span_id=\"0000000000000002\"")
                .endsWith("1.0E-4 0.001");
        assertThat(bucket(text, "2.5E-4"))
                .startsWith("5 # {span_id=\"0000000000000004\"")
                .endsWith("2.5E-4 0.002");
        assertThat(bucket(text, "5.0E-4")).isEqualTo("5");
    }

    @Test
    void ofAllEventLoopsTheLastIsPublishedAlsoWhenTheirCountsAreAddedUp() {
        Distribution one = new Distribution(Buckets.LATENCY);
        Distribution other = new Distribution(Buckets.LATENCY);
        one.record(exemplar(1, 1, 30));
        other.record(exemplar(1, 2, 20));
        other.record(exemplar(FIRST_RANGE + 1, 3, 10));
        Distribution silent = new Distribution(Buckets.LATENCY);
        Distribution sum = new Distribution(Buckets.LATENCY);
        sum.addAll(other);
        sum.addAll(silent);
        sum.addAll(one);
        String expected = published(true, OPEN_METRICS, sum);
        assertThat(bucket(expected, "1.0E-4")).startsWith("2 # {span_id=\"0000000000000001\"");
        assertThat(bucket(expected, "2.5E-4")).startsWith("3 # {span_id=\"0000000000000003\"");
        assertThat(published(true, OPEN_METRICS, one, silent, other)).isEqualTo(expected);
        assertThat(published(true, OPEN_METRICS, other, one, silent)).isEqualTo(expected);
    }
}
