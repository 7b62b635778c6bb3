package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Welcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sessions may send together, over real sockets. */
class SharedRatesTest {
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);

    /** Each of two sessions sends as much as both may in one second. */
    private static final int RATE = 200;

    private final List<TestClient> clients = new ArrayList<>();
    private RunningNode node;

    @TempDir
    private Path directory;

    private void start(String limits, String ofRealm) throws Exception {
        Files.writeString(directory.resolve("principals.yaml"), """
                principals:
                - {authid: alice, role: user, ticket: sesame}
                - {authid: bob, role: user, ticket: sesame}
                """);
        node = RouterNode.start(NodeConfigs.of("""
                node: {name: paced, event-loops: 2}
                listeners: [{address: "127.0.0.1:0"}]
                admin: {address: "127.0.0.1:0"}
                limits: {%s}
                realms:
                - uri: realm1
                  limits: {%s}
                  auth: {methods: [ticket], principals: [%3$s]}
                  roles: [{name: user, permissions: [{uri: "", match: prefix, allow: [publish]}]}]
                - uri: realm2
                  auth: {methods: [ticket], principals: [%3$s]}
                  roles: [{name: user, permissions: [{uri: "", match: prefix, allow: [publish]}]}]
                drain: {spread: 0s}
                """.formatted(limits, ofRealm, directory.resolve("principals.yaml"))));
    }

    @AfterEach
    void stop() throws IOException {
        for (TestClient client : clients) {
            client.close();
        }
        node.stop();
    }

    private TestClient join(String realm, String authid) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        TestClient client = TestClient.connect(port, Framing.RAWSOCKET, SerializerId.JSON);
        clients.add(client);
        assertThat(Claimant.login(client, Claimant.hello(realm, authid, Map.of(), "ticket"), "sesame"))
                .isInstanceOf(Welcome.class);
        return client;
    }

    private static void publish(TestClient client, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            client.send(new Publish(client.nextRequest(), ACKNOWLEDGED, "com.example.x", Payload.EMPTY));
        }
    }

    private static void expect(TestClient client, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            client.expect(Published.class);
        }
    }

    private String metrics() throws Exception {
        URI uri = URI.create("http://" + node.adminAddress().orElseThrow() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Two sessions send in each round as much as they may in a second, and nothing is lost. */
    @ParameterizedTest
    @CsvSource({
        "max-message-rate-per-principal: 200, max-sessions: 9, alice, principal",
        "max-message-rate-per-address: 200, max-sessions: 9, bob, address",
        "max-depth: 64, max-message-rate: 200, bob, realm",
    })
    void sessionsTogetherSendWhatTheyMayAndAreNotReadFromBefore(
            String limits, String ofRealm, String second, String label) throws Exception {
        start(limits, ofRealm);
        TestClient one = join("realm1", "alice");
        TestClient other = join("realm1", second);

        long began = System.nanoTime();
        for (int round = 0; round < 4; round++) {
            publish(one, RATE / 2);
            publish(other, RATE / 2);
            expect(one, RATE / 2);
            expect(other, RATE / 2);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        // One second as much as comes at once is for; what is read in the last round is not waited for.
        assertThat(took).isGreaterThan(Duration.ofMillis(1_900));
        assertThat(metrics())
                .containsPattern("weft_sessions_paced_total\\{limit=\"" + label + "\"\\} [1-9]")
                .contains("weft_sessions_refused_total{reason=\"rate-limit\"} 0.0");
    }

    @Test
    void othersAreNotHeldUp() throws Exception {
        start("max-message-rate-per-principal: 1", "max-sessions: 9");
        TestClient one = join("realm1", "alice");
        publish(one, 100);
        expect(one, 1);

        TestClient other = join("realm1", "bob");
        publish(other, 1);
        expect(other, 1);
        TestClient elsewhere = join("realm2", "alice");
        publish(elsewhere, 1);
        expect(elsewhere, 1);
    }

    @Test
    void whoComesBackOwesWhatHeOwed() throws Exception {
        start("max-message-rate-per-principal: 100", "max-sessions: 9");
        TestClient one = join("realm1", "alice");
        long began = System.nanoTime();
        publish(one, 400);
        expect(one, 400);
        one.leave();

        TestClient again = join("realm1", "alice");
        publish(again, 100);
        expect(again, 100);
        publish(again, 1);
        expect(again, 1);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(3_900));
    }
}
