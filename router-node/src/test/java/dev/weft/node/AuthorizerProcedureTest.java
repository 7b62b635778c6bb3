package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.ConfigReport;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.Welcome;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may stand where an authorizer is asked, and which of its answers count. Over real sockets. */
class AuthorizerProcedureTest {
    private static final String PROCEDURE = "com.example.internal.authorize";
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);

    @TempDir
    private Path directory;

    private volatile String authorizer = "authorizer: {procedure: " + PROCEDURE + ", role: keeper, timeout: 2s}";
    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(directory.resolve("principals.yaml"), """
                principals:
                - {authid: keeper, role: keeper, ticket: secret}
                - {authid: backend, role: backend, ticket: secret}
                - {authid: guest, role: guest, ticket: secret}
                """);
        node = RouterNode.start(read().config().orElseThrow(), this::read);
    }

    @AfterEach
    void stop() {
        node.stop();
    }

    private ConfigReport read() {
        return NodeConfigs.report("""
                listeners: [{address: "127.0.0.1:0"}]
                limits: {max-calls-in-flight: 1}
                drain: {spread: 0s}
                realms:
                - uri: realm1
                  auth: {methods: [ticket], principals: [%s]}
                  roles:
                  - name: keeper
                    permissions: [{uri: com.example.internal., match: prefix, allow: [register]}]
                  - name: backend
                    permissions: [{uri: com.example., match: prefix, allow: [call, register]}]
                  - name: guest
                    permissions: [{uri: com.example., match: prefix, allow: [call, register, publish]}]
                    %s
                """.formatted(directory.resolve("principals.yaml"), authorizer));
    }

    private TestClient join(String authid, String... features) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        TestClient client = TestClient.connect(port, Framing.RAWSOCKET, SerializerId.JSON);
        assertThat(Claimant.login(client, hello(authid, features), "secret")).isInstanceOf(Welcome.class);
        return client;
    }

    private static Hello hello(String authid, String... features) {
        Map<String, Object> announced = new HashMap<>();
        for (String feature : features) {
            announced.put(feature, true);
        }
        Map<String, Object> details = new HashMap<>(
                Claimant.hello("realm1", authid, Map.of(), "ticket").details());
        details.put(
                "roles", Map.of("publisher", Map.of(), "caller", Map.of(), "callee", Map.of("features", announced)));
        return new Hello("realm1", details);
    }

    private static void register(TestClient client, MatchPolicy match, InvocationPolicy invoke, String uri)
            throws IOException {
        client.send(new Register(client.nextRequest(), new RegisterOptions(match, invoke, false, false), uri));
    }

    private static void registerAuthorizer(TestClient client, InvocationPolicy invoke) throws IOException {
        register(client, MatchPolicy.EXACT, invoke, PROCEDURE);
        client.expect(Registered.class);
    }

    private static void assertDenied(TestClient client) throws IOException {
        assertThat(client.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.not_authorized");
    }

    @ParameterizedTest
    @CsvSource({
        "EXACT, SINGLE, com.example.internal.authorize",
        "EXACT, ROUNDROBIN, com.example.internal.authorize",
        "PREFIX, SINGLE, com.example.",
        "PREFIX, SINGLE, com.example.internal.auth",
        "WILDCARD, SINGLE, com.example..authorize"
    })
    void whoMayRegisterAllAroundItDoesNotTakeTheAuthorizersPlace(MatchPolicy match, InvocationPolicy invoke, String uri)
            throws IOException {
        try (TestClient backend = join("backend")) {
            register(backend, match, invoke, uri);
            assertDenied(backend);
        }
    }

    @Test
    void nobodyOfAnotherRoleJoinsTheAuthorizerAsShared() throws IOException {
        try (TestClient keeper = join("keeper");
                TestClient second = join("keeper");
                TestClient backend = join("backend")) {
            registerAuthorizer(keeper, InvocationPolicy.ROUNDROBIN);
            registerAuthorizer(second, InvocationPolicy.ROUNDROBIN);
            register(backend, MatchPolicy.EXACT, InvocationPolicy.ROUNDROBIN, PROCEDURE);
            assertDenied(backend);
        }
    }

    @Test
    void theRouterAloneAsksTheAuthorizer() throws IOException {
        try (TestClient keeper = join("keeper");
                TestClient backend = join("backend");
                TestClient guest = join("guest")) {
            registerAuthorizer(keeper, InvocationPolicy.SINGLE);
            for (TestClient client : new TestClient[] {backend, guest}) {
                client.send(new Call(client.nextRequest(), CallOptions.DEFAULT, PROCEDURE, Payload.EMPTY));
                assertDenied(client);
            }
            guest.send(new Publish(guest.nextRequest(), ACKNOWLEDGED, "com.example.news", Payload.EMPTY));
            Invocation asked = keeper.expect(Invocation.class);
            assertThat(keeper.args(asked)).element(1).isEqualTo("com.example.news");
            keeper.send(new Yield(asked.request(), YieldOptions.DEFAULT, keeper.payload(true)));
            guest.expect(Published.class);
        }
    }

    @Test
    void whatTheRouterAsksIsNotBoundByWhatASessionMayHaveInFlight() throws IOException {
        List<TestClient> guests = new ArrayList<>();
        try (TestClient keeper = join("keeper")) {
            registerAuthorizer(keeper, InvocationPolicy.SINGLE);
            for (int i = 0; i <= NodeConfigs.EVENT_LOOPS; i++) {
                TestClient guest = join("guest");
                guests.add(guest);
                guest.send(new Publish(guest.nextRequest(), ACKNOWLEDGED, "com.example.news", Payload.EMPTY));
            }
            List<Invocation> asked = new ArrayList<>();
            for (int i = 0; i < guests.size(); i++) {
                asked.add(keeper.expect(Invocation.class));
            }
            for (Invocation one : asked) {
                keeper.send(new Yield(one.request(), YieldOptions.DEFAULT, keeper.payload(true)));
            }
            for (TestClient guest : guests) {
                guest.expect(Published.class);
            }
        } finally {
            for (TestClient guest : guests) {
                guest.close();
            }
        }
    }

    @Test
    void whatAnAuthorizerSaysAfterAReloadThatPutAnotherInItsPlaceDoesNotCount() throws IOException {
        try (TestClient keeper = join("keeper");
                TestClient guest = join("guest")) {
            for (String procedure : List.of(PROCEDURE, "com.example.internal.strict")) {
                register(keeper, MatchPolicy.EXACT, InvocationPolicy.SINGLE, procedure);
                keeper.expect(Registered.class);
            }
            Publish publish = new Publish(guest.nextRequest(), ACKNOWLEDGED, "com.example.news", Payload.EMPTY);
            guest.send(publish);
            Invocation former = keeper.expect(Invocation.class);

            authorizer = "authorizer: {procedure: com.example.internal.strict, role: keeper, timeout: 2s}";
            assertThat(node.reload().accepted()).isTrue();
            keeper.send(new Yield(
                    former.request(), YieldOptions.DEFAULT, keeper.payload(Map.of("allow", true, "cache", true))));

            Invocation asked = keeper.expect(Invocation.class);
            assertThat(asked.registration()).isNotEqualTo(former.registration());
            keeper.send(new Yield(asked.request(), YieldOptions.DEFAULT, keeper.payload(false)));
            assertDenied(guest);
            guest.send(new Publish(guest.nextRequest(), ACKNOWLEDGED, "com.example.news", Payload.EMPTY));
            keeper.expect(Invocation.class);
        }
    }

    @Test
    void whoHadRegisteredWhatAReloadMakesAnAuthorizersLosesIt() throws IOException {
        String protectedOne = authorizer;
        authorizer = "max-sessions: 0";
        node.reload();
        try (TestClient backend = join("backend", "registration_revocation");
                TestClient keeper = join("keeper")) {
            register(backend, MatchPolicy.EXACT, InvocationPolicy.SINGLE, PROCEDURE);
            long held = backend.expect(Registered.class).registration();

            authorizer = protectedOne;
            assertThat(node.reload().accepted()).isTrue();

            Unregistered lost = backend.expect(Unregistered.class);
            assertThat(Objects.requireNonNull(lost.revoked()).id()).isEqualTo(held);
            register(backend, MatchPolicy.EXACT, InvocationPolicy.SINGLE, PROCEDURE);
            assertDenied(backend);
            registerAuthorizer(keeper, InvocationPolicy.SINGLE);
        }
    }
}
