package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLoopCountTest {
    private static final Pattern LOOP = Pattern.compile("weft_eventloop_queue_bytes\\{.*loop=\"([0-9]+)\"");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void thereAreAsManyEventLoopsAsConfiguredOrProcessors(int configured) throws Exception {
        int wanted = configured > 0 ? configured : Runtime.getRuntime().availableProcessors();
        RunningNode node = RouterNode.start(NodeConfigs.of("""
                node: {event-loops: %d}
                listeners: [{address: "127.0.0.1:0"}]
                admin: {address: "127.0.0.1:0"}
                drain: {spread: 0s}
                """.formatted(configured)));
        try {
            assertThat(loops(node)).hasSize(wanted);
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
