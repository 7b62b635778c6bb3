package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Event;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The status of a node that runs. */
class AdminApiTest {
    private static final String CONFIG = """
            node: {name: watched}
            listeners:
              - {name: clients, address: "127.0.0.1:0"}
              - {name: bridge, type: http, address: "127.0.0.1:0"}
            realms:
              - uri: realm1
                auth: {methods: [anonymous]}
                roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
            cluster: {link: {secret: "never to be seen by anybody"}}
            admin: {address: "127.0.0.1:0"}
            drain: {spread: 0s}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<String> file = new AtomicReference<>(CONFIG);
    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        node = RouterNode.start(NodeConfigs.of(CONFIG), () -> NodeConfigs.report(file.get()));
    }

    @AfterEach
    void stop() {
        node.stop();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + node.adminAddress().orElseThrow() + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static Map<?, ?> yaml(String text) {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private Map<?, ?> get(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return yaml(answer.body());
    }

    private List<Map<?, ?>> rows(String path) throws Exception {
        return rows(path, "rows");
    }

    private List<Map<?, ?>> rows(String path, String name) throws Exception {
        List<Map<?, ?>> rows = new ArrayList<>();
        ((List<?>) get(path).get(name)).forEach(row -> rows.add((Map<?, ?>) row));
        return rows;
    }

    private TestClient join() throws IOException {
        return join(Framing.RAWSOCKET, SerializerId.MSGPACK);
    }

    private TestClient join(Framing framing, SerializerId serializer) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, framing, serializer, "realm1");
    }

    @Test
    void aClientIsListedWithWhatItHasAndRememberedWhenItIsGone() throws Exception {
        TestClient callee = join();
        try (TestClient caller = join()) {
            callee.send(new Register(callee.nextRequest(), RegisterOptions.DEFAULT, "com.example.slow"));
            callee.expect(Registered.class);
            callee.send(new Subscribe(callee.nextRequest(), SubscribeOptions.DEFAULT, "com.example.topic"));
            callee.expect(Subscribed.class);
            caller.send(new Call(caller.nextRequest(), CallOptions.DEFAULT, "com.example.slow", caller.payload()));
            callee.expect(Invocation.class);

            assertThat(rows("/sessionz?sort=invocations_pending&limit=1"))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.get("session")).isEqualTo(callee.session());
                        assertThat(row.get("authmethod")).isEqualTo("anonymous");
                        assertThat(row.get("subscriptions")).isEqualTo(1);
                        assertThat(row.get("registrations")).isEqualTo(1);
                        assertThat(row.get("invocations_pending")).isEqualTo(1);
                    });
            assertThat(rows("/connz?session=" + caller.session()))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("messages_in")).isEqualTo(2));
            assertThat(rows("/subz?topic=com.example.*"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("nodes")).isEqualTo("watched"));
            assertThat(rows("/regz?procedure=com.example.slow"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("session")).isEqualTo(callee.session()));
            assertThat(rows("/realmz?realm=realm1"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("calls_in_flight")).isEqualTo(1));

            callee.close();
            await().until(() -> rows("/closedz?session=" + callee.session()).size() == 1);
            assertThat(rows("/closedz?session=" + callee.session()))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.get("reason")).isEqualTo("transport-closed");
                        assertThat(row.get("subscriptions")).isEqualTo(1);
                        assertThat(row.get("invocations_pending")).isEqualTo(1);
                        assertThat(row.get("authid").toString()).startsWith("anonymous-");
                    });
        }
    }

    @Test
    void theConfigurationIsShownWithoutItsSecrets() throws Exception {
        String shown = send("GET", "/configz").body();
        assertThat(shown)
                .contains("\"secret\": \"***\"", "\"max-message-size\": \"1MiB\"", "\"heartbeat-timeout\": \"4s\"");
        assertThat(shown).doesNotContain("never to be seen");
    }

    @Test
    void aConfigurationIsReadAgainAndWhatCannotChangeIsNamed() throws Exception {
        file.set(CONFIG.replace("spread: 0s", "spread: 1s").replace("never to be seen by", "another secret of")
                + "logging: {libraries: error}\n");
        Map<?, ?> report = yaml(send("POST", "/reload").body());
        assertThat(report.get("applied")).isEqualTo(Map.of("logging.libraries", "error"));
        assertThat(report.get("need_restart")).isEqualTo(Map.of("drain.spread", "1s", "cluster.link.secret", "***"));
        assertThat(((Map<?, ?>) get("/configz").get("logging")).get("libraries"))
                .isEqualTo("error");
        assertThat(((Map<?, ?>) get("/loggers").get("loggers")).get("ROOT")).isEqualTo("error");
        assertThat(send("GET", "/metrics").body())
                .contains("weft_config_reloads_total{outcome=\"applied\"} 1.0", "weft_config_needs_restart 2.0");

        file.set(CONFIG + "nonsense: 1\n");
        HttpResponse<String> refused = send("POST", "/reload");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("nonsense");
        file.set(CONFIG);
        assertThat(yaml(send("POST", "/reload").body()).get("applied")).isEqualTo(Map.of("logging.libraries", "warn"));
    }

    @Test
    void theMessagesOfOneSessionAreRecordedForATimeAndNothingThatProvesWhoItIs() throws Exception {
        try (TestClient callee = join();
                TestClient caller = join()) {
            callee.send(new Register(callee.nextRequest(), RegisterOptions.DEFAULT, "com.example.traced"));
            callee.expect(Registered.class);
            assertThat(send("POST", "/trace?session=12345").statusCode()).isEqualTo(404);
            assertThat(send("POST", "/trace").statusCode()).isEqualTo(400);
            assertThat(send("POST", "/trace?payloads=true&session=" + caller.session())
                            .statusCode())
                    .isEqualTo(202);
            caller.send(new Call(
                    caller.nextRequest(), CallOptions.DEFAULT, "com.example.traced", caller.payload("in full")));
            Invocation invocation = callee.expect(Invocation.class);
            callee.send(new Yield(invocation.request(), YieldOptions.DEFAULT, callee.payload("x".repeat(5000))));
            caller.expect(Result.class);

            List<?> messages = (List<?>) get("/trace").get("messages");
            assertThat(messages).hasSize(2);
            assertThat(messages.get(0).toString()).contains("received=true", "com.example.traced", "in full");
            assertThat(messages.get(1).toString())
                    .contains("received=false", "Result")
                    .hasSizeLessThan(1000);

            assertThat(send("DELETE", "/trace").statusCode()).isEqualTo(200);
            caller.send(new Call(caller.nextRequest(), CallOptions.DEFAULT, "com.example.traced", caller.payload()));
            callee.expect(Invocation.class);
            assertThat((List<?>) get("/trace").get("messages")).hasSize(2);
        }
    }

    @Test
    void messagesThatNameAUriAreRecordedWhoeverSendsThemAndNotMoreThanAsked() throws Exception {
        try (TestClient one = join();
                TestClient other = join()) {
            assertThat(send("POST", "/trace?uri=com.example.*&most=" + 2 * loops())
                            .statusCode())
                    .isEqualTo(202);
            for (TestClient publisher : List.of(one, other)) {
                for (int i = 0; i < 5; i++) {
                    publisher.send(new Publish(
                            publisher.nextRequest(), PublishOptions.DEFAULT, "com.example.loud", publisher.payload()));
                }
                publisher.send(new Subscribe(publisher.nextRequest(), SubscribeOptions.DEFAULT, "org.example.other"));
                publisher.expect(Subscribed.class);
            }
            Map<?, ?> traced = get("/trace");
            int kept = ((List<?>) traced.get("messages")).size();
            assertThat(kept).isBetween(2, 4);
            assertThat(((Number) traced.get("left_out")).intValue()).isEqualTo(10 - kept);
        }
    }

    /** More subscribers than event loops, so that on one of them an event is encoded once for several. */
    @Test
    void anEventForSeveralBatchedClientsIsRecordedWithoutWhatSeparatesItInTheBatch() throws Exception {
        List<TestClient> subscribers = new ArrayList<>();
        try (TestClient publisher = join()) {
            for (int i = 0; i <= loops(); i++) {
                TestClient subscriber = join(Framing.WEBSOCKET_BATCH, SerializerId.JSON);
                subscribers.add(subscriber);
                subscriber.send(new Subscribe(
                        subscriber.nextRequest(),
                        new SubscribeOptions(MatchPolicy.PREFIX, false),
                        "com.example.batched"));
                subscriber.expect(Subscribed.class);
            }
            assertThat(send("POST", "/trace?payloads=true&uri=com.example.batched*")
                            .statusCode())
                    .isEqualTo(202);
            publisher.send(new Publish(
                    publisher.nextRequest(),
                    PublishOptions.DEFAULT,
                    "com.example.batched.one",
                    publisher.payload("in full")));
            for (TestClient subscriber : subscribers) {
                subscriber.expect(Event.class);
            }
            assertThat((List<?>) get("/trace").get("messages"))
                    .filteredOn(message -> message.toString().contains("Event"))
                    .hasSameSizeAs(subscribers)
                    .allSatisfy(message -> assertThat(message.toString()).contains("in full"));
        } finally {
            for (TestClient subscriber : subscribers) {
                subscriber.close();
            }
        }
    }

    @Test
    void aSessionOfTheHttpBridgeIsListedTracedAndRememberedAsAnyOther() throws Exception {
        URI bridge = URI.create(node.addresses().get(1).urls().get(0));
        HttpResponse<InputStream> stream = http.send(
                HttpRequest.newBuilder(bridge.resolve("/subscribe?realm=realm1&topic=com.example.streamed"))
                        .build(),
                BodyHandlers.ofInputStream());
        BufferedReader events = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
        events.readLine();
        assertThat(rows("/varz", "listeners"))
                .anySatisfy(row -> assertThat(row.get("name")).isEqualTo("bridge"));
        Map<?, ?> connection = rows("/connz?transport=http").get(0);
        assertThat(connection.get("messages_in")).isEqualTo(2);
        assertThat((Integer) connection.get("bytes_out")).isPositive();
        Object session = connection.get("session");
        try (TestClient publisher = join()) {
            assertThat(rows("/connz").stream().map(row -> row.get("id"))).doesNotHaveDuplicates();
            assertThat(send("POST", "/trace?payloads=true&session=" + session).statusCode())
                    .isEqualTo(202);
            publisher.send(new Publish(
                    publisher.nextRequest(),
                    PublishOptions.DEFAULT,
                    "com.example.streamed",
                    publisher.payload("in full")));
            events.readLine();
            events.readLine();
            assertThat((List<?>) get("/trace").get("messages"))
                    .singleElement()
                    .satisfies(
                            message -> assertThat(message.toString()).contains("received=false", "Event", "in full"));
        }
        events.close();
        await().until(() -> rows("/closedz?session=" + session).size() == 1);
        assertThat(rows("/closedz?session=" + session).get(0).get("subscriptions"))
                .isEqualTo(1);
    }

    private static int loops() {
        return NodeConfigs.EVENT_LOOPS;
    }
}
