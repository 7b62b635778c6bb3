package dev.weft.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.node.metrics.LinkMetrics;
import dev.weft.observability.MetricsFormat;
import dev.weft.observability.MetricsRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node publishes of how long the heartbeats of its links take to be answered. */
class LinkRoundTripTest {
    private final MetricsRegistry registry = new MetricsRegistry(false);
    private TestNode a;
    private TestNode b;

    @BeforeEach
    void twoLinkedNodes() throws Exception {
        a = TestNode.named("a");
        b = TestNode.named("b");
        registry.add(new LinkMetrics(a.links, LinkLimits.DEFAULT));
        TestNode.link(a, b);
    }

    @AfterEach
    void close() throws Exception {
        a.close();
        b.close();
        registry.close();
    }

    @Test
    void eachAnswerIsCountedByHowLongItTook() {
        Awaitility.await().atMost(TestNode.SOON).until(() -> published("_count{peer=\"b\"}") >= 2);
        assertThat(published("_sum{peer=\"b\"}"))
                .isPositive()
                .isLessThan(TestNode.SOON.toSeconds() * published("_count{peer=\"b\"}"));
        assertThat(published("_bucket{peer=\"b\",le=\"+Inf\"}")).isPositive();
    }

    @Test
    void aPeerThatHasLeftIsNotNamedAnyMore() {
        Awaitility.await().atMost(TestNode.SOON).until(() -> published("_count{peer=\"b\"}") >= 1);
        b.links.close();
        Awaitility.await().atMost(TestNode.SOON).until(() -> !text().contains("peer=\"b\""));
    }

    /** The figure of a series of the histogram. */
    private double published(String series) {
        String start = "weft_link_rtt_seconds" + series + " ";
        return text().lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + start));
    }

    private String text() {
        return registry.scrape(MetricsFormat.TEXT.contentType()).text();
    }
}
