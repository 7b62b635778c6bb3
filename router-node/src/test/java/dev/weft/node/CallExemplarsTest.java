package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.testkit.TestClient;
import dev.weft.testkit.TraceCollector;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.TraceContext;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** From a bucket of the latency of calls to a call in it; over a real admin port. */
class CallExemplarsTest {
    /** What Prometheus 2.42 sends. */
    private static final String PROMETHEUS = "application/openmetrics-text;version=1.0.0,"
            + "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final TraceContext SAMPLED =
            new TraceContext(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, 0x00f067aa0ba902b7L, true, null);
    private static final TraceContext UNSAMPLED = new TraceContext(7, 8, 9, false, null);

    private static final Pattern BUCKET = Pattern.compile(
            "^weft_call_duration_seconds_bucket\\{realm=\"realm1\",scope=\"local\",le=\"([^\"]+)\"} (\\d+)"
                    + "(?: # \\{span_id=\"([0-9a-f]{16})\",trace_id=\"([0-9a-f]{32})\"} (\\S+) (\\S+))?$",
            Pattern.MULTILINE);

    @AutoClose
    private final TraceCollector collector = new TraceCollector();

    private TracedNode tracing(double sample) throws NodeStartException {
        return TracedNode.start(collector.tracing("sample: " + sample));
    }

    /** One call with its answer, of each trace; null for none. */
    private static void call(TracedNode node, TraceContext... traces) throws IOException {
        try (TestClient callee = node.join(Framing.RAWSOCKET, SerializerId.CBOR);
                TestClient caller = node.join(Framing.WEBSOCKET, SerializerId.JSON)) {
            RegisterOptions exact = new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.SINGLE, false, false, 0);
            callee.send(new Register(callee.nextRequest(), exact, "p.q"));
            callee.expect(Registered.class);
            for (TraceContext trace : traces) {
                CallOptions options = new CallOptions(false, false, 0, false, null, trace);
                caller.send(new Call(caller.nextRequest(), options, "p.q", caller.payload()));
                Invocation invocation = callee.expect(Invocation.class);
                callee.send(new Yield(invocation.request(), YieldOptions.DEFAULT, callee.payload()));
                caller.expect(Result.class);
            }
        }
    }

    private static double bound(MatchResult bucket) {
        return bucket.group(1).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bucket.group(1));
    }

    private static List<MatchResult> buckets(String text) {
        return BUCKET.matcher(text).results().toList();
    }

    @Test
    void theTraceOfASampledCallIsFoundInTheBucketIntoWhichTheCallFell() throws Exception {
        try (TracedNode node = tracing(0)) {
            call(node, null, UNSAMPLED, SAMPLED);
            HttpResponse<String> scraped = node.scrape(PROMETHEUS);
            assertThat(scraped.headers().firstValue("content-type"))
                    .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
            assertThat(scraped.body())
                    .endsWith("\n# EOF\n")
                    .contains("weft_call_duration_seconds_count{realm=\"realm1\",scope=\"local\"} 3\n");

            List<MatchResult> buckets = buckets(scraped.body());
            List<MatchResult> exemplary =
                    buckets.stream().filter(bucket -> bucket.group(3) != null).toList();
            assertThat(exemplary).hasSize(1);
            MatchResult bucket = exemplary.get(0);
            assertThat(bucket.group(4)).isEqualTo(SAMPLED.traceId());
            assertThat(bucket.group(3))
                    .isEqualTo(collector.awaitSpan("CALL p.q").id());
            int index = buckets.indexOf(bucket);
            double seconds = Double.parseDouble(bucket.group(5));
            assertThat(seconds)
                    .isLessThanOrEqualTo(bound(bucket))
                    .isGreaterThan(index == 0 ? 0 : bound(buckets.get(index - 1)));
            int below = index == 0 ? 0 : Integer.parseInt(buckets.get(index - 1).group(2));
            assertThat(Integer.parseInt(bucket.group(2))).isGreaterThan(below);
            assertThat(Double.parseDouble(bucket.group(6))).isCloseTo(System.currentTimeMillis() / 1e3, within(60.0));
        }
    }

    @Test
    void callsThatAreNotSampledLeaveNoTrace() throws Exception {
        try (TracedNode node = tracing(0)) {
            call(node, null, UNSAMPLED);
            String text = node.metrics(PROMETHEUS);
            assertThat(buckets(text)).isNotEmpty();
            assertThat(text).endsWith("# EOF\n").doesNotContain("trace_id");
        }
    }

    @Test
    void whatAsksForTextGetsItWithTheSameSeriesAsOpenMetrics() throws Exception {
        try (TracedNode node = tracing(1)) {
            call(node, SAMPLED);
            for (String accept : List.of("text/plain", "*/*", "application/openmetrics-text;q=0.1,text/plain;q=0.2")) {
                HttpResponse<String> scraped = node.scrape(accept);
                assertThat(scraped.headers().firstValue("content-type")).contains(TEXT);
                assertThat(scraped.body()).doesNotContain("# EOF", "trace_id");
            }
            assertThat(series(node.metrics(PROMETHEUS))).isEqualTo(series(node.metrics("text/plain")));
        }
    }

    /** Of the router, without their values. */
    private static Set<String> series(String text) {
        return text.lines()
                .filter(line -> line.startsWith("weft_"))
                .map(line -> line.replaceFirst("(} | )[0-9+N].*$", ""))
                .collect(Collectors.toSet());
    }

    @Test
    void whileTracingIsOffEveryoneGetsText() throws Exception {
        try (TracedNode node = TracedNode.start("")) {
            call(node, SAMPLED);
            HttpResponse<String> scraped = node.scrape(PROMETHEUS);
            assertThat(scraped.headers().firstValue("content-type")).contains(TEXT);
            assertThat(scraped.body())
                    .doesNotContain("# EOF", "# UNIT", "trace_id")
                    .contains("# TYPE weft_calls_total counter");
        }
    }
}
