package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.node.cli.LocalPorts;
import dev.weft.observability.MetricCatalog;
import dev.weft.testkit.Certificates;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
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
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes under a little traffic, and what their metrics make of it. */
@Tag("cluster")
class NodeMetricsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RunningNode first;
    private static RunningNode second;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void startTwoNodes() throws Exception {
        List<Integer> ports = LocalPorts.free(2);
        new Certificates(directory).authority("node");
        first = start("first", ports, 0);
        second = start("second", ports, 1);
    }

    @AfterAll
    static void stopBoth() {
        second.stop();
        first.stop();
    }

    private static RunningNode start(String name, List<Integer> ports, int index) throws NodeStartException {
        return RouterNode.start(NodeConfigs.of("""
                node: {name: %s}
                listeners:
                  - {name: clients, address: "127.0.0.1:0", max-connections: 77}
                  - {name: secure, address: "127.0.0.1:0", tls: {certificate: %s, key: %s}}
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]},
                                                           {uri: com.example.closed, allow: [subscribe]}]}]
                cluster:
                  enabled: true
                  name: node-metrics-test-%d
                  discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                  hazelcast: {address: "127.0.0.1:%d", audit-interval: 500ms}
                  link: {address: "127.0.0.1:0", secret: "sixteen characters and more"}
                  audit-interval: 300ms
                admin: {address: "127.0.0.1:0"}
                drain: {spread: 0s}
                """.formatted(
                        name,
                        directory.resolve("node.crt"),
                        directory.resolve("node.key"),
                        ports.get(0),
                        ports.get(0),
                        ports.get(1),
                        ports.get(index))));
    }

    private static MetricsText metrics(RunningNode node) throws Exception {
        URI uri = URI.create("http://" + node.adminAddress().orElseThrow() + "/metrics");
        return new MetricsText(HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body());
    }

    private static int port(RunningNode node) {
        String address = node.addresses().get(0).address();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static TestClient join(RunningNode node) throws IOException {
        return TestClient.join(port(node), Framing.RAWSOCKET, SerializerId.MSGPACK, "realm1");
    }

    @Test
    void trafficIsCountedWhereItHappens() throws Exception {
        MetricsText before = metrics(first);
        try (TestClient callee = join(second);
                TestClient caller = join(first)) {
            callee.send(new Register(callee.nextRequest(), RegisterOptions.DEFAULT, "com.example.counted"));
            callee.expect(Registered.class);
            callee.send(new Subscribe(callee.nextRequest(), SubscribeOptions.DEFAULT, "com.example.topic"));
            callee.expect(Subscribed.class);
            caller.send(new Call(caller.nextRequest(), CallOptions.DEFAULT, "com.example.counted", Payload.EMPTY));
            Invocation invocation = callee.expect(Invocation.class);
            await().untilAsserted(() -> assertThat(metrics(first).value("weft_calls_in_flight{realm=\"realm1\"}"))
                    .isEqualTo(1));
            callee.send(new Yield(invocation.request(), YieldOptions.DEFAULT, Payload.EMPTY));
            caller.expect(Result.class);
            caller.send(new Call(caller.nextRequest(), CallOptions.DEFAULT, "com.example.nobody", Payload.EMPTY));
            caller.expect(ErrorMessage.class);
            caller.send(new Publish(caller.nextRequest(), PublishOptions.DEFAULT, "com.example.topic", Payload.EMPTY));
            callee.expect(Event.class);
            caller.send(new Publish(caller.nextRequest(), PublishOptions.DEFAULT, "com.example.void", Payload.EMPTY));
            await().untilAsserted(() -> assertThat(metrics(first).value("weft_publications_total{realm=\"realm1\"}"))
                    .isEqualTo(before.value("weft_publications_total{realm=\"realm1\"}") + 2));

            seen(metrics(first), metrics(second));
        }
        await().untilAsserted(() -> assertThat(metrics(first).value("weft_sessions{realm=\"realm1\"}"))
                .isZero());
        await().untilAsserted(() -> assertThat(metrics(second).value("weft_subscribers{realm=\"realm1\"}"))
                .isZero());
        assertThat(metrics(first).value("weft_session_duration_seconds_count{realm=\"realm1\"}"))
                .isEqualTo(1);
    }

    private static void seen(MetricsText one, MetricsText other) {
        assertThat(one.value("weft_calls_total{outcome=\"result\",realm=\"realm1\"}"))
                .isEqualTo(1);
        assertThat(one.value("weft_calls_total{outcome=\"no_such_procedure\",realm=\"realm1\"}"))
                .isEqualTo(1);
        assertThat(one.value("weft_call_duration_seconds_count{realm=\"realm1\",scope=\"remote\"}"))
                .isEqualTo(1);
        assertThat(one.value("weft_call_duration_seconds_count{realm=\"realm1\",scope=\"none\"}"))
                .isEqualTo(1);
        assertThat(one.value("weft_call_duration_seconds_count{realm=\"realm1\",scope=\"local\"}"))
                .isZero();
        assertThat(one.value("weft_calls_in_flight{realm=\"realm1\"}")).isZero();
        assertThat(one.value("weft_calls_routed_total{realm=\"realm1\",scope=\"remote\"}"))
                .isEqualTo(1);
        assertThat(one.value("weft_calls_routed_total{realm=\"realm1\",scope=\"local\"}"))
                .isZero();
        assertThat(one.value("weft_publications_unmatched_total{realm=\"realm1\"}"))
                .isEqualTo(1);
        assertThat(one.value("weft_publications_forwarded_total{realm=\"realm1\"}"))
                .isEqualTo(1);
        assertThat(one.value("weft_messages_received_total{type=\"CALL\"}")).isEqualTo(2);
        assertThat(one.value("weft_messages_sent_total{type=\"RESULT\"}")).isEqualTo(1);
        assertThat(one.value("weft_sessions{realm=\"realm1\"}")).isEqualTo(1);
        assertThat(one.value("weft_registrations{match=\"exact\",realm=\"realm1\"}"))
                .isEqualTo(1);
        assertThat(one.value("weft_table_entries{table=\"sessions\"}")).isEqualTo(2);
        assertThat(one.value("weft_connections{serializer=\"msgpack\",transport=\"rawsocket\"}"))
                .isEqualTo(1);
        assertThat(other.value("weft_invocations_total{realm=\"realm1\"}")).isEqualTo(1);
        assertThat(other.value("weft_invocations_pending{realm=\"realm1\"}")).isZero();
        assertThat(other.value("weft_events_delivered_total{realm=\"realm1\"}")).isEqualTo(1);
        assertThat(other.value("weft_subscribers{realm=\"realm1\"}")).isEqualTo(1);
    }

    @Test
    void whoIsTurnedAwayIsCountedByTheReason() throws Exception {
        try (TestClient stranger = TestClient.connect(port(second), Framing.WEBSOCKET, SerializerId.JSON)) {
            stranger.send(new Hello("no.such.realm", Map.of("roles", Map.of("caller", Map.of()))));
            stranger.expect(Abort.class);
        }
        MetricsText text = metrics(second);
        assertThat(text.value("weft_sessions_refused_total{reason=\"no-such-realm\"}"))
                .isEqualTo(1);
        await().untilAsserted(() -> assertThat(
                        metrics(second).value("weft_connections_closed_total{reason=\"no-such-realm\"}"))
                .isEqualTo(1));
    }

    @Test
    void whoIsLetInWhatIsDeniedAndWhatIsRetainedIsCounted() throws Exception {
        MetricsText before = metrics(second);
        try (TestClient client = join(second)) {
            client.send(new Call(client.nextRequest(), CallOptions.DEFAULT, "com.example.closed", Payload.EMPTY));
            assertThat(client.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.not_authorized");
            PublishOptions retain = new PublishOptions(true, true, false, true, null, null);
            client.send(new Publish(client.nextRequest(), retain, "com.example.kept", client.payload("kept")));
            client.expect(Published.class);
        }
        MetricsText after = metrics(second);
        for (String counted : List.of(
                "weft_authentications_total{method=\"anonymous\"}",
                "weft_requests_denied_total{action=\"call\"}",
                "weft_events_retained_total{outcome=\"retained\"}")) {
            assertThat(after.value(counted)).as(counted).isEqualTo(before.value(counted) + 1);
        }
    }

    @Test
    void aNodeTellsOfItsLinksAndItsCluster() throws Exception {
        MetricsText text = metrics(first);
        assertThat(text.value("weft_link_up{peer=\"second\"}")).isEqualTo(1);
        assertThat(text.value("weft_cluster_members")).isEqualTo(2);
        assertThat(text.value("weft_cluster_synced")).isEqualTo(1);
        assertThat(text.value("weft_listener_connections_max{listener=\"clients\"}"))
                .isEqualTo(77);
        assertThat(text.value("weft_lifecycle_state{state=\"ready\"}")).isEqualTo(1);
        await().untilAsserted(() -> {
            assertThat(metrics(first).value("weft_eventloop_lag_seconds_count{loop=\"0\"}"))
                    .isPositive();
            assertThat(metrics(first).value("weft_link_received_bytes_total{peer=\"second\"}"))
                    .isPositive();
            assertThat(metrics(first).value("weft_link_rtt_seconds_count{peer=\"second\"}"))
                    .isPositive();
            assertThat(metrics(first).value("weft_table_audits_total{against=\"peer\"}"))
                    .isPositive();
        });
        assertThat(text.value("weft_tls_certificate_expiry_seconds{place=\"listener secure\"}"))
                .isGreaterThan(Instant.now().getEpochSecond());
        assertThat(text.families()).contains("jvm_memory_used_bytes", "process_files_open_files");
    }

    @Test
    void allThatIsInTheCatalogueIsPublishedAndNothingElseOfTheRouter() throws Exception {
        try (TestClient client = join(first)) {
            client.send(new Subscribe(client.nextRequest(), new SubscribeOptions(MatchPolicy.EXACT, false), "a.topic"));
            client.expect(Subscribed.class);
            List<String> catalogue = Arrays.stream(MetricCatalog.values())
                    .map(MetricCatalog::published)
                    .sorted()
                    .toList();
            assertThat(metrics(first).families().stream().filter(family -> family.startsWith("weft_")))
                    .containsExactlyElementsOf(catalogue);
        }
    }
}
