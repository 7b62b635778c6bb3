package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Abort;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all sessions of a realm together may use, over real sockets; here of each of many realms that are made on demand. */
class RealmLimitsTest {
    private static final String FULL_OF_SUBSCRIPTIONS =
            "the sessions of the realm may hold 3 subscriptions on one node";
    private static final String FULL_OF_REGISTRATIONS =
            "the sessions of the realm may hold 3 registrations on one node";

    private final List<TestClient> clients = new ArrayList<>();
    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        node = RouterNode.start(NodeConfigs.of("""
                node: {name: narrow}
                listeners: [{address: "127.0.0.1:0"}]
                admin: {address: "127.0.0.1:0"}
                realms:
                - uri: com.tenant.
                  on-demand: {allow-anonymous: true}
                  auth: {methods: [anonymous]}
                  limits: {max-sessions: 2, max-subscriptions: 3, max-registrations: 3}
                  roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [subscribe, register]}]}]
                drain: {spread: 0s}
                """));
    }

    @AfterEach
    void stop() throws IOException {
        for (TestClient client : clients) {
            client.close();
        }
        node.stop();
    }

    private int port() {
        String address = node.addresses().get(0).address();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private TestClient join(String realm) throws IOException {
        TestClient client = TestClient.join(port(), Framing.RAWSOCKET, SerializerId.JSON, realm);
        clients.add(client);
        return client;
    }

    private String metrics() throws Exception {
        URI uri = URI.create("http://" + node.adminAddress().orElseThrow() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static WampMessage subscribe(TestClient client, String topic) throws IOException {
        client.send(new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, topic));
        return client.receive();
    }

    private static WampMessage register(TestClient client, String procedure) throws IOException {
        client.send(new Register(client.nextRequest(), RegisterOptions.DEFAULT, procedure));
        return client.receive();
    }

    private static void assertRefused(WampMessage answer, String words) {
        assertThat(answer).isInstanceOf(ErrorMessage.class);
        assertThat(((ErrorMessage) answer).error()).isEqualTo("weft.error.limit_exceeded");
        assertThat(((ErrorMessage) answer).details().message()).isEqualTo(words);
    }

    @Test
    void oneSubscriptionMoreThanTheSessionsOfARealmMayHoldIsRefusedUntilOneIsGivenBack() throws Exception {
        TestClient one = join("com.tenant.a");
        TestClient other = join("com.tenant.a");
        WampMessage first = subscribe(one, "com.example.x");
        subscribe(one, "com.example.y");
        assertThat(subscribe(other, "com.example.x")).isInstanceOf(Subscribed.class);

        assertRefused(subscribe(other, "com.example.y"), FULL_OF_SUBSCRIPTIONS);
        assertRefused(subscribe(one, "com.example.z"), FULL_OF_SUBSCRIPTIONS);
        assertThat(subscribe(one, "com.example.x")).as("it has it already").isInstanceOf(Subscribed.class);
        assertThat(subscribe(join("com.tenant.b"), "com.example.z")).isInstanceOf(Subscribed.class);
        assertThat(metrics()).contains("weft_subscriptions_refused_total{realm=\"other\"} 2.0");

        one.send(new Unsubscribe(one.nextRequest(), ((Subscribed) first).subscription()));
        one.expect(Unsubscribed.class);
        assertThat(subscribe(other, "com.example.z")).isInstanceOf(Subscribed.class);
        assertRefused(subscribe(one, "com.example.x"), FULL_OF_SUBSCRIPTIONS);
        other.close();
        await().until(() -> subscribe(one, "com.example.x") instanceof Subscribed);
        assertThat(subscribe(one, "com.example.z")).isInstanceOf(Subscribed.class);
        assertRefused(subscribe(one, "com.example.w"), FULL_OF_SUBSCRIPTIONS);
    }

    @Test
    void whatIsAskedForAndNotGrantedYetCounts() throws Exception {
        TestClient client = join("com.tenant.a");
        for (int i = 0; i < 50; i++) {
            client.send(new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, "com.example.n" + i));
            client.send(new Register(client.nextRequest(), RegisterOptions.DEFAULT, "com.example.n" + i));
        }
        int subscribed = 0;
        int registered = 0;
        for (int i = 0; i < 100; i++) {
            WampMessage answer = client.receive();
            subscribed += answer instanceof Subscribed ? 1 : 0;
            registered += answer instanceof Registered ? 1 : 0;
        }
        assertThat(subscribed).isEqualTo(3);
        assertThat(registered).isEqualTo(3);
    }

    @Test
    void oneRegistrationMoreThanTheSessionsOfARealmMayHoldIsRefusedUntilOneIsGivenBack() throws Exception {
        TestClient one = join("com.tenant.a");
        TestClient other = join("com.tenant.a");
        WampMessage first = register(one, "com.example.f");
        register(one, "com.example.g");
        WampMessage taken = register(other, "com.example.f");
        assertThat(((ErrorMessage) taken).error()).isEqualTo("wamp.error.procedure_already_exists");
        assertThat(register(other, "com.example.h")).isInstanceOf(Registered.class);

        assertRefused(register(other, "com.example.i"), FULL_OF_REGISTRATIONS);
        assertThat(register(join("com.tenant.b"), "com.example.i")).isInstanceOf(Registered.class);
        assertThat(metrics()).contains("weft_registrations_refused_total{realm=\"other\"} 1.0");

        one.send(new Unregister(one.nextRequest(), ((Registered) first).registration()));
        one.expect(Unregistered.class);
        assertThat(register(other, "com.example.i")).isInstanceOf(Registered.class);
        assertRefused(register(one, "com.example.j"), FULL_OF_REGISTRATIONS);
        other.close();
        await().until(() -> register(one, "com.example.j") instanceof Registered);
        assertThat(register(one, "com.example.k")).isInstanceOf(Registered.class);
        assertRefused(register(one, "com.example.l"), FULL_OF_REGISTRATIONS);
    }

    @Test
    void oneSessionMoreThanTheRealmMayHaveIsRefused() throws Exception {
        join("com.tenant.a");
        join("com.tenant.a");
        join("com.tenant.b");

        TestClient third = TestClient.connect(port(), Framing.RAWSOCKET, SerializerId.JSON);
        clients.add(third);
        third.send(new Hello("com.tenant.a", Map.of("roles", Map.of("publisher", Map.of()))));
        Abort refused = third.expect(Abort.class);
        assertThat(refused.reason()).isEqualTo("weft.error.limit_exceeded");
        assertThat(refused.details()).containsEntry("message", "the realm has 2 sessions, and may not have more");
        assertThat(metrics()).contains("weft_sessions_refused_total{reason=\"session-limit\"} 1.0");
    }
}
