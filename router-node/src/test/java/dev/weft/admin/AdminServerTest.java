package dev.weft.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.HostPort;
import dev.weft.observability.LogLevels;
import dev.weft.testkit.DribblingClient;
import dev.weft.testkit.StaticAdminNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {
    private final Vertx vertx = Vertx.vertx();
    private final StaticAdminNode node = new StaticAdminNode();
    private final HttpClient http = HttpClient.newHttpClient();
    private HostPort address;

    @BeforeEach
    void listen() throws Exception {
        address = new AdminServer(vertx, node, node, node)
                .listen(new HostPort("127.0.0.1", 0))
                .await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + address + path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** What a client that writes its own header gets, up to the end of the status line. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aNodeIsReadyOrSaysWhyNot() throws Exception {
        assertThat(send("GET", "/readyz").statusCode()).isEqualTo(200);

        node.notReady = List.of("node-2 has no link", "node-3 has not told what it holds");
        HttpResponse<String> answer = send("GET", "/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"node-2 has no link\"", "\"node-3 has not told what it holds\"");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void aNodeThatIsNotReadyIsLiveAllTheSame() throws Exception {
        node.notReady = List.of("the node is leaving");
        assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void aNodeWhoseEventLoopsDoNotComeRoundIsNotLive() throws Exception {
        node.stuck = true;
        HttpResponse<String> answer = send("GET", "/livez");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("an event loop did not come round");
    }

    @Test
    void aNodeThatHasStartedStaysStartedThoughItIsNotReady() throws Exception {
        node.notStarted = List.of("the node is starting");
        node.notReady = List.of("the node is starting");
        assertThat(send("GET", "/startupz").statusCode()).isEqualTo(503);
        assertThat(send("GET", "/startupz").body()).contains("the node is starting");

        node.notStarted = List.of();
        assertThat(send("GET", "/startupz").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/readyz").statusCode()).isEqualTo(503);
    }

    @Test
    void verboseTellsOfEachCheckInALineOrAsJson() throws Exception {
        node.notReady = List.of("the node is leaving");
        HttpResponse<String> lines = send("GET", "/readyz?verbose");
        assertThat(lines.statusCode()).isEqualTo(503);
        assertThat(lines.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        assertThat(lines.body()).isEqualTo("[-] drain: the node is leaving (for 7 s)\nnot ready\n");

        HttpResponse<String> json = send("GET", "/healthz?verbose", "Accept", "application/json");
        assertThat(json.statusCode()).isEqualTo(503);
        assertThat(json.body()).contains("\"name\": \"drain\"", "\"passes\": false", "\"seconds\": 7");

        assertThat(send("GET", "/livez?verbose").body()).contains("[+] event-loops: all came round", "live\n");
    }

    @Test
    void metricsAreSentAsPrometheusReadsThem() throws Exception {
        HttpResponse<String> answer = send("GET", "/metrics");
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).contains("weft_sessions 3");
    }

    @Test
    void theFormatOfMetricsIsTheOneThatAllAcceptHeadersTogetherAskFor() throws Exception {
        HttpResponse<String> answer = send(
                "GET",
                "/metrics",
                "Accept",
                "text/plain;q=0.5",
                "Accept",
                "application/openmetrics-text;version=1.0.0");
        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
    }

    @Test
    void aPageIsSortedFilteredAndCut() throws Exception {
        String page = send("GET", "/connz?sort=pending_bytes&offset=1&limit=2").body();
        assertThat(page).contains("\"total\": 4", "\"matching\": 4", "\"offset\": 1");
        assertThat(page.indexOf("10.0.1.2")).isPositive().isLessThan(page.indexOf("10.0.0.1"));
        assertThat(page).doesNotContain("10.0.0.2", "10.0.1.1");

        String least = send("GET", "/connz?sort=-pending_bytes&limit=1").body();
        assertThat(least).contains("10.0.1.1").doesNotContain("10.0.0.1");

        String some = send("GET", "/connz?peer=10.0.0.*&realm=realm1").body();
        assertThat(some).contains("\"matching\": 2", "10.0.0.1", "10.0.0.2").doesNotContain("10.0.1.1");
    }

    @Test
    void whatMakesNoSenseInARequestForAPageIsTold() throws Exception {
        assertThat(send("GET", "/connz?limit=10001").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/connz?limit=-1").statusCode()).isEqualTo(400);
        HttpResponse<String> unknown = send("GET", "/connz?sort=nonsense");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("there is no column nonsense; there are id, peer, pending_bytes, realm");
        assertThat(send("GET", "/connz?nonsense=1").statusCode()).isEqualTo(400);
    }

    @Test
    void rowsAreFoundHoweverManyAreBeforeThemAndSortedOnesAsFarAsTheyAreKept() throws Exception {
        node.crowd = 150_000;
        assertThat(send("GET", "/connz?offset=149999&limit=5").body())
                .contains("\"total\": 150000", "\"id\": 149999")
                .doesNotContain("\"id\": 149998");
        assertThat(send("GET", "/connz?offset=149999&limit=5&sort=-id").body()).contains("\"id\": 149999");
        assertThat(send("GET", "/connz?offset=999999999").statusCode()).isEqualTo(200);
        HttpResponse<String> far = send("GET", "/connz?offset=1000001&sort=id");
        assertThat(far.statusCode()).isEqualTo(400);
        assertThat(far.body()).contains("offset is a number from 0 to 1000000");
    }

    @Test
    void aRowIsFoundByAUriOfAnyCharactersAsLongAsOneMayBe() throws Exception {
        String longest = URLEncoder.encode("\u20ac".repeat(255), StandardCharsets.UTF_8);
        assertThat(send("GET", "/subz?peer=" + longest).statusCode()).isEqualTo(200);
        assertThat(send("GET", "/subz?peer=" + longest.repeat(2)).statusCode()).isEqualTo(414);

        AdminServer roomy = new AdminServer(
                vertx, node, node, node, AdminAccess.OPEN, new AdminLimits(65_535, Duration.ofSeconds(10)));
        address = roomy.listen(new HostPort("127.0.0.1", 0)).await(10, TimeUnit.SECONDS);
        assertThat(send("GET", "/subz?peer=" + "a".repeat(65_535)).statusCode()).isEqualTo(200);
    }

    @Test
    void aLogLevelIsSetForATime() throws Exception {
        String name = "dev.weft.admin.test";
        assertThat(send("POST", "/loggers?level=loud&name=" + name).statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/loggers?level=trace&seconds=1&name=" + name).body())
                .contains("\"" + name + "\": \"trace\"");
        Awaitility.await()
                .untilAsserted(() -> assertThat(send("GET", "/loggers").body()).doesNotContain(name));
    }

    @Test
    void aLevelThatAReloadHasSetStaysWhenATemporaryOneEnds() throws Exception {
        String name = "dev.weft.admin.reloaded";
        LogLevels.set(name, "info");
        send("POST", "/loggers?level=trace&seconds=1&name=" + name);
        LogLevels.set(name, "error");
        send("POST", "/loggers?level=debug&seconds=1&name=" + name + ".sentinel");
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(LogLevels.get(name + ".sentinel")).isNull());
        assertThat(LogLevels.get(name)).isEqualTo("error");
        LogLevels.set(name, null);
    }

    @Test
    void aTemporaryLevelThatIsSetTwiceEndsWithTheOneThatWasBeforeBoth() throws Exception {
        String name = "dev.weft.admin.twice";
        LogLevels.set(name, "warn");
        send("POST", "/loggers?level=trace&seconds=600&name=" + name);
        send("POST", "/loggers?level=debug&seconds=1&name=" + name);
        assertThat(LogLevels.get(name)).isEqualTo("debug");
        Awaitility.await().untilAsserted(() -> assertThat(LogLevels.get(name)).isEqualTo("warn"));
        LogLevels.set(name, null);
    }

    @Test
    void aTraceEndsSoItTakesASecondAtLeast() throws Exception {
        HttpResponse<String> answer = send("POST", "/trace?uri=x&seconds=0");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("seconds is a number from 1 to 600, not '0'");
        assertThat(send("POST", "/trace?uri=x&most=0").statusCode()).isEqualTo(400);
        assertThat(node.told).isEmpty();
        assertThat(send("POST", "/trace?uri=x&seconds=1").statusCode()).isEqualTo(202);
    }

    @Test
    void anActionThatThrowsIsAnsweredAndTheServerGoesOn() throws Exception {
        node.broken = true;
        HttpResponse<String> answer = send("POST", "/trace?uri=x");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("the trace is broken");
        assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void aHookThatKnowsOnlyGetDrainsWithAHeaderThatNoWebPageSends() throws Exception {
        assertThat(send("GET", "/drain", "Weft-Drain", "prestop").statusCode()).isEqualTo(202);
        assertThat(node.told).containsExactly("drain");
    }

    @Test
    void aConfigurationThatIsWrongIsAConflict() throws Exception {
        assertThat(send("POST", "/reload").statusCode()).isEqualTo(200);
        node.wrong = List.of("line 3: unknown key");
        HttpResponse<String> refused = send("POST", "/reload");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("line 3: unknown key");
    }

    @Test
    void whatANodeSaysIsSentAsJson() throws Exception {
        assertThat(send("GET", "/cluster/members").body()).isEqualTo("""
                {
                  "members": [
                    {
                      "name": "node-1",
                      "member": true,
                      "round_trip_nanos": 1500000,
                      "hidden": [
                        "a"
                      ]
                    },
                    {
                      "name": "node-twenty-two",
                      "member": false,
                      "round_trip_nanos": 20,
                      "hidden": []
                    }
                  ]
                }
                """);
    }

    @Test
    void aNodeThatDoesNotKnowItsClusterYetSaysWhatItWaitsFor() throws Exception {
        node.knowsNothing = true;
        node.notReady = List.of("the node is starting");
        HttpResponse<String> answer = send("GET", "/cluster/members");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("the node is starting");
    }

    @Test
    void whatFailsIsToldAndTheServerGoesOn() throws Exception {
        HttpResponse<String> answer = send("GET", "/cluster/links");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("the links are broken");
        assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void verifyRepairsOnlyIfToldTo() throws Exception {
        send("POST", "/cluster/verify");
        send("POST", "/cluster/verify?repair=true");
        send("POST", "/cluster/verify?repair=false");
        assertThat(node.told).containsExactly("verify false", "verify true", "verify false");
    }

    @Test
    void drainIsAcceptedAndAnsweredAtOnce() throws Exception {
        assertThat(send("POST", "/drain").statusCode()).isEqualTo(202);
        assertThat(node.told).containsExactly("drain");
    }

    @Test
    void unknownPathsAndWrongMethodsAreRefused() throws Exception {
        assertThat(send("GET", "/").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/cluster/../drain").statusCode()).isEqualTo(404);
        HttpResponse<String> wrong = send("GET", "/drain");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.body()).contains("Weft-Drain");
        assertThat(send("GET", "/reload").headers().firstValue("allow")).contains("POST");
        assertThat(send("POST", "/readyz").statusCode()).isEqualTo(405);
        assertThat(node.told).isEmpty();
    }

    @Test
    void bodiesAreNotTaken() throws Exception {
        HttpRequest withBody = HttpRequest.newBuilder(URI.create("http://" + address + "/drain"))
                .POST(BodyPublishers.ofString("x".repeat(100_000)))
                .build();
        assertThat(http.send(withBody, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        assertThat(raw("POST /drain HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .isEqualTo("HTTP/1.1 413");
        assertThat(node.told).isEmpty();
    }

    @Test
    void whatAWebPageSendsByWayOfABrowserIsRefused() throws Exception {
        assertThat(send("POST", "/drain", "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(raw("GET /cluster/members HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                .isEqualTo("HTTP/1.1 403");
        assertThat(raw("GET /cluster/members HTTP/1.1\r\nHost: localhost:8180\r\n\r\n"))
                .isEqualTo("HTTP/1.1 200");
        assertThat(node.told).isEmpty();
    }

    /** A name that its owner had lead to this machine after a browser loaded a page from it (DNS rebinding). */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "localhost, 200",
        "127.0.0.1:8180, 200",
        "[::1]:8180, 200",
        "evil.example:8180, 403",
        "127.0.0.1.evil.example, 403",
        "localhost:x, 403",
        "127.0.0.1:8180@evil.example, 403",
    })
    void aPortForWhoeverReachesItAnswersRequestsToThisMachineOnly(String host, int status) throws Exception {
        assertThat(raw("GET /cluster/members HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                .isEqualTo("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /livez HTTP/1.1\r\n", "POST /drain HTTP/1.1\r\nContent-Length: 9999\r\n\r\n"})
    void whoeverDoesNotComeToAnEndIsClosed(String first) throws Exception {
        AdminServer hasty = new AdminServer(
                vertx, node, node, node, AdminAccess.OPEN, new AdminLimits(255, Duration.ofMillis(500)));
        int port = hasty.listen(new HostPort("127.0.0.1", 0))
                .await(10, TimeUnit.SECONDS)
                .port();
        assertThat(DribblingClient.isClosed(port, first, first.isEmpty() ? "" : "X: y\r\n"))
                .isTrue();
        hasty.close();
    }
}
