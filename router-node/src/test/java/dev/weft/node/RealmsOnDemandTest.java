package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.config.ConfigReport;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Authenticate;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Realms that are made when their first client joins, over real sockets. */
class RealmsOnDemandTest {
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);

    private final List<TestClient> clients = new ArrayList<>();
    private volatile String allow = "publish, subscribe";
    private RunningNode node;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(
                directory.resolve("principals.yaml"), "principals: [{authid: alice, role: user, ticket: sesame}]");
        node = RouterNode.start(read().config().orElseThrow(), this::read);
    }

    private ConfigReport read() {
        return NodeConfigs.report("""
                node: {name: maker}
                listeners: [{address: "127.0.0.1:0"}]
                admin: {address: "127.0.0.1:0"}
                limits: {max-uri-length: 60}
                authentication: {failures-per-principal: 3, failures-per-address: 100}
                drain: {spread: 0s}
                realms:
                - uri: com.tenant.named
                  auth: {methods: [anonymous]}
                  roles: [{name: anonymous}]
                - uri: com.tenant.
                  on-demand: {max-realms: 3, idle-timeout: 1s}
                  auth: {methods: [ticket], principals: [%s]}
                  uri-check: strict
                  roles: [{name: user, permissions: [{uri: com., match: prefix, allow: [%s]}]}]
                """.formatted(directory.resolve("principals.yaml"), allow));
    }

    @AfterEach
    void stop() throws IOException {
        for (TestClient client : clients) {
            client.close();
        }
        node.stop();
    }

    private TestClient connect() throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        TestClient client = TestClient.connect(port, Framing.RAWSOCKET, SerializerId.JSON);
        clients.add(client);
        return client;
    }

    private static WampMessage login(TestClient client, String realm, String ticket) throws IOException {
        client.send(Claimant.hello(realm, "alice", Map.of(), "ticket"));
        WampMessage first = client.receive();
        if (!(first instanceof Challenge)) {
            return first;
        }
        client.send(new Authenticate(ticket, Map.of()));
        return client.receive();
    }

    private TestClient join(String realm) throws IOException {
        TestClient client = connect();
        assertThat(login(client, realm, "sesame")).isInstanceOf(Welcome.class);
        return client;
    }

    private void assertRefused(String realm, String error) throws IOException {
        assertThat(login(connect(), realm, "sesame"))
                .isInstanceOfSatisfying(
                        Abort.class, abort -> assertThat(abort.reason()).isEqualTo(error));
    }

    private String admin(String path) throws Exception {
        URI uri = URI.create("http://" + node.adminAddress().orElseThrow() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private boolean isThere(String realm) throws Exception {
        return admin("/realmz").contains("\"" + realm + "\"");
    }

    private static void publish(TestClient client) throws IOException {
        client.send(new Publish(client.nextRequest(), ACKNOWLEDGED, "com.example.x", Payload.EMPTY));
    }

    private static void subscribe(TestClient client) throws IOException {
        client.send(new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, "com.example.x"));
        client.expect(Subscribed.class);
    }

    @Test
    void clientsOfOneNameMeetInOneRealmAndThoseOfAnotherDoNot() throws Exception {
        TestClient reader = join("com.tenant.a");
        TestClient stranger = join("com.tenant.b");
        subscribe(reader);
        subscribe(stranger);

        TestClient writer = join("com.tenant.a");
        publish(writer);
        long published = writer.expect(Published.class).publication();

        assertThat(reader.expect(Event.class).publication()).isEqualTo(published);
        publish(stranger);
        stranger.expect(Published.class);
    }

    @Test
    void whoDoesNotProveWhoHeIsMakesNoRealm() throws Exception {
        assertThat(login(connect(), "com.tenant.a", "wrong")).isInstanceOf(Abort.class);

        assertThat(isThere("com.tenant.a")).isFalse();
        assertThat(admin("/metrics")).contains("weft_realms_on_demand_made_total 0.0");
    }

    @Test
    void failedAttemptsCountForAllRealmsOfTheSamePrincipalsTogether() throws Exception {
        for (String realm : List.of("com.tenant.a", "com.tenant.b", "com.tenant.c")) {
            assertThat(login(connect(), realm, "wrong")).isInstanceOf(Abort.class);
        }

        assertThat(login(connect(), "com.tenant.d", "sesame")).isInstanceOf(Abort.class);
    }

    @Test
    void namesThatAreNotMeantOrAreNoneThatARealmCouldHaveAreNoRealms() throws Exception {
        assertRefused("org.other.a", "wamp.error.no_such_realm");
        assertRefused("com.tenant.Not-Strict", "wamp.error.no_such_realm");
        assertRefused("com.tenant.", "wamp.error.invalid_uri");
        assertRefused("com.tenant.a..b", "wamp.error.invalid_uri");
        TestClient tooLong = connect();
        tooLong.send(Claimant.hello("com.tenant." + "a".repeat(100), "alice", Map.of(), "ticket"));
        assertThat(tooLong.receive()).isInstanceOf(Abort.class);
        assertThat(admin("/realmz")).doesNotContain("aaaa");
    }

    @Test
    void aRealmThatIsConfiguredByItsNameIsNotMadeOfAnother() throws Exception {
        assertRefused("com.tenant.named", "wamp.error.no_matching_auth_method");
    }

    @Test
    void oneRealmMoreThanThereMayBeIsRefusedUntilOneHasGone() throws Exception {
        TestClient first = join("com.tenant.a");
        join("com.tenant.b");
        join("com.tenant.c");

        WampMessage refused = login(connect(), "com.tenant.d", "sesame");
        assertThat(refused).isInstanceOf(Abort.class);
        assertThat(((Abort) refused).reason()).isEqualTo("weft.error.limit_exceeded");
        assertThat(((Abort) refused).details().get("message"))
                .isEqualTo("there are 3 realms like com.tenant.d, and may not be more");
        assertThat(admin("/metrics")).contains("weft_sessions_refused_total{reason=\"realm-limit\"} 1.0");
        join("com.tenant.a");

        clients.remove(clients.size() - 1).close();
        first.close();
        await().until(() -> login(connect(), "com.tenant.d", "sesame") instanceof Welcome);
        assertThat(isThere("com.tenant.a")).isFalse();
    }

    @Test
    void anEmptyRealmGoesAndWhatWasCountedThereStays() throws Exception {
        TestClient client = join("com.tenant.a");
        publish(client);
        client.expect(Published.class);
        subscribe(client);
        assertThat(isThere("com.tenant.a")).isTrue();

        client.close();

        await().until(() -> !isThere("com.tenant.a"));
        assertThat(admin("/metrics"))
                .contains(
                        "weft_realms_on_demand 0.0",
                        "weft_realms_on_demand_made_total 1.0",
                        "weft_publications_total{realm=\"other\"} 1.0",
                        "weft_sessions{realm=\"other\"} 0.0");
        publish(join("com.tenant.a"));
    }

    @Test
    void otherRulesHoldInRealmsThatAreThereAndInThoseThatComeLater() throws Exception {
        TestClient client = join("com.tenant.a");
        allow = "subscribe";
        node.reload();

        for (TestClient each : List.of(client, join("com.tenant.b"))) {
            publish(each);
            assertThat(each.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.not_authorized");
        }
    }

    @Test
    void manyWhoComeAtOnceMeetInOneRealm() throws Exception {
        List<Callable<TestClient>> coming = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TestClient client = connect();
            coming.add(() -> {
                assertThat(login(client, "com.tenant.a", "sesame")).isInstanceOf(Welcome.class);
                subscribe(client);
                return client;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(20);
        List<TestClient> here = new ArrayList<>();
        for (Future<TestClient> each : threads.invokeAll(coming)) {
            here.add(each.get());
        }
        threads.shutdown();

        TestClient writer = join("com.tenant.a");
        publish(writer);
        long published = writer.expect(Published.class).publication();
        for (TestClient each : here) {
            assertThat(each.expect(Event.class).publication()).isEqualTo(published);
        }
        assertThat(admin("/metrics")).contains("weft_realms_on_demand_made_total 1.0");
    }
}
