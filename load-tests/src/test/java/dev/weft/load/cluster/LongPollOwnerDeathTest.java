package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the client of a long-poll transport is told at a survivor when the node that has the transport is killed. */
@Tag("cluster")
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LongPollOwnerDeathTest {
    private static final Pattern TRANSPORT = Pattern.compile("\"transport\":\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void aReceiveThatWaitsEndsAndLaterOnesAreToldToOpenAnother(@TempDir Path directory) throws Exception {
        try (ThreeNodes nodes = ThreeNodes.start(directory)) {
            Matcher opened =
                    TRANSPORT.matcher(send(post(nodes.httpPort(0), "open", "{\"protocols\":[\"wamp.2.json\"]}"))
                            .body());
            assertThat(opened.find()).isTrue();
            String hello = "[1,\"realm1\",{\"roles\":{\"caller\":{}}}]";
            assertThat(send(post(nodes.httpPort(1), opened.group(1) + "/send", hello))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(send(post(nodes.httpPort(2), opened.group(1) + "/receive", ""))
                            .body())
                    .startsWith("[2,");
            CompletableFuture<HttpResponse<String>> waiting = http.sendAsync(
                    post(nodes.httpPort(1), opened.group(1) + "/receive", "").build(),
                    HttpResponse.BodyHandlers.ofString());
            nodes.kill(0);
            HttpResponse<String> ended = waiting.get(20, TimeUnit.SECONDS);
            assertThat(ended.statusCode()).isIn(404, 410);
            assertThat(ended.body()).contains("open another");
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                HttpResponse<String> later = send(post(nodes.httpPort(2), opened.group(1) + "/receive", ""));
                assertThat(later.statusCode()).isEqualTo(404);
            });
        }
    }

    private static HttpRequest.Builder post(int port, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/lp/" + path))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
