package dev.weft.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.load.client.Endpoint;
import dev.weft.load.measure.Faults;
import dev.weft.load.scenario.Scenario;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.w3c.dom.Element;

class ReportsTest {
    private static final List<Endpoint> ENDPOINTS = List.of(Endpoint.parse("rs://127.0.0.1:1"));

    private static RunResult result(Optional<RouterUse> router, double loopBusy, Faults faults) {
        Histogram latencies = new Histogram(3);
        for (int micros = 1; micros <= 1000; micros++) {
            latencies.recordValue(micros * 1000L);
        }
        LoadResult load = new LoadResult("round trip", latencies, new Histogram(3), 0, 0, faults);
        Scenario scenario = new Scenario(
                "a < b & \"c\"", "realm1", ENDPOINTS, ENDPOINTS, Duration.ZERO, Duration.ofSeconds(2), List.of());
        List<Sample> samples =
                List.of(new Sample(1, 400, 50, 99, 0.5, 1 << 20, 0.2), new Sample(2, 600, 50, 99, Double.NaN, 0, 0.2));
        return new RunResult(
                scenario,
                List.of("SIZE CUT"),
                2_000_000_000L,
                2000,
                List.of(load),
                samples,
                router,
                500,
                loopBusy,
                100_000,
                200_000);
    }

    private static RunResult usual() {
        return result(Optional.of(new RouterUse(5000, 1 << 20, 2 << 20, 3 << 20)), 0.25, Faults.NONE);
    }

    @Test
    void theTableHasThroughputLatenciesAndWhatItCost() {
        assertThat(TextReport.of(usual()).replaceAll(" +", " "))
                .contains("a < b & \"c\": 2.0 s, 2,000 sessions")
                .contains("round trip 1,000 500 500 900 990 ")
                .contains(
                        "router CPU 5.000 µs each, 0.00 CPUs; memory 3.0 MiB (+1.0 while it counted), 1,049 bytes per session")
                .contains("tool CPU 0.500 µs each, 0.00 CPUs; its event loop was busy for 25 % of the time\n")
                .contains("wire 100 octets sent and 200 received for each operation")
                .contains("note: SIZE CUT");
    }

    @Test
    void theTableSaysWhenTheRouterIsNotKnownAndWhenTheToolIsTheLimit() {
        assertThat(TextReport.of(result(Optional.empty(), 0.97, Faults.NONE)))
                .contains("its CPU time is not known")
                .contains("IT IS THE LIMIT");
    }

    @Test
    void whatWasLostDoubledOrOutOfOrderIsInTheTableAndMakesTheResultUnclean() {
        RunResult result = result(Optional.empty(), 0, new Faults(3, 4, 5));
        assertThat(TextReport.of(result).replaceAll(" +", " ")).contains("round trip 0 3 4 5 0");
        assertThat(result.isClean()).isFalse();
        assertThat(usual().isClean()).isTrue();
    }

    @Test
    void theJsonIsJsonWithoutNumbersThatAreNone() {
        String json = JsonReport.of(result(Optional.empty(), 0.5, Faults.NONE));
        assertThat(json).doesNotContain("NaN");
        Map<?, ?> map = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(json);
        assertThat(map.get("scenario")).isEqualTo("a < b & \"c\"");
        Map<?, ?> load = (Map<?, ?>) ((List<?>) map.get("loads")).get(0);
        assertThat(load.get("perSecond")).isEqualTo(500.0);
        assertThat(((Map<?, ?>) load.get("latencyMicros")).keySet())
                .hasToString("[mean, p50, p90, p99, p99.9, p99.99, max]");
        assertThat((List<?>) map.get("samples")).hasSize(2);
    }

    @Test
    void thePlotIsAPictureWithTwoCurves() throws Exception {
        byte[] svg = SvgPlot.of(usual()).getBytes(StandardCharsets.UTF_8);
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg))
                .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("svg");
        assertThat(root.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(new String(svg, StandardCharsets.UTF_8)).doesNotContain("NaN");
    }

    @Test
    void thePlotOfNothingIsEmptyAndStillAPicture() {
        RunResult none = new RunResult(
                usual().scenario(),
                List.of(),
                1,
                0,
                List.of(new LoadResult("idle", new Histogram(3), new Histogram(3), 0, 0, Faults.NONE)),
                List.of(),
                Optional.empty(),
                0,
                0,
                0,
                0);
        assertThat(SvgPlot.of(none))
                .doesNotContain("NaN")
                .doesNotContain("Infinity")
                .endsWith("</svg>\n");
        assertThat(TextReport.of(none)).contains("idle");
    }
}
