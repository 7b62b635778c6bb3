package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.ConfigLoader;
import dev.weft.config.ConfigReport;
import dev.weft.config.IdentityConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventLoopCountTest {
    private static final Pattern LOOP = Pattern.compile("weft_eventloop_queue_bytes\\{.*loop=\"([0-9]+)\"");

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "64, 32"})
    void byDefaultThereIsOneEventLoopForTwoProcessors(int processors, int loops) {
        assertThat(new IdentityConfig("node", 0).eventLoopCount(processors)).isEqualTo(loops);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aNodeHasAsManyEventLoopsAsConfigured(int configured) throws Exception {
        IdentityConfig wanted = new IdentityConfig("node", configured);
        ConfigReport report = new ConfigLoader(Map.of(), List.of()).loadText("test", """
                node: {event-loops: %d}
                listeners: [{address: "127.0.0.1:0"}]
                admin: {address: "127.0.0.1:0"}
                drain: {spread: 0s}
                """.formatted(configured));
        RunningNode node = RouterNode.start(report.config().orElseThrow());
        try {
            assertThat(loops(node))
                    .hasSize(wanted.eventLoopCount(Runtime.getRuntime().availableProcessors()));
        } finally {
            node.stop();
        }
    }

    private static Set<String> loops(RunningNode node) throws Exception {
        URI uri = URI.create("http://" + node.adminAddress().orElseThrow() + "/metrics");
        String text = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
        return LOOP.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }
}
