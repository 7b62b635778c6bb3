package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.auth.credential.ScramCredential;
import dev.weft.config.NodeConfig;
import dev.weft.node.cli.LocalPorts;
import dev.weft.testkit.Claimant;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Challenge;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that log in to a cluster of two nodes, with an authenticator on the other one. */
@Tag("cluster")
class ClusterAuthenticationTest {
    private static final String PROCEDURE = "com.example.authenticate";
    private static final byte[] SALT = "sixteen octets..".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path directory;

    private static RunningNode first;
    private static RunningNode second;
    private static Authenticator authenticator;

    @BeforeAll
    static void startTwoNodes() throws Exception {
        List<Integer> ports = LocalPorts.free(2);
        Files.writeString(directory.resolve("principals.yaml"), """
                principals:
                - {authid: authenticator, role: authenticator, wampcra: secret}
                - {authid: other, role: other, wampcra: secret}
                - {authid: user, role: user, scram: "%s"}
                """.formatted(
                        ScramCredential.of("pencil", ScramCredential.Kdf.PBKDF2, 4096, 0, SALT)
                                .text()));
        first = RouterNode.start(config("first", ports, 0));
        second = RouterNode.start(config("second", ports, 1));
        authenticator = new Authenticator();
    }

    @AfterAll
    static void stopBoth() throws IOException {
        authenticator.close();
        second.stop();
        first.stop();
    }

    private static NodeConfig config(String name, List<Integer> ports, int index) {
        return NodeConfigs.of("""
                node: {name: %s}
                listeners: [{address: "127.0.0.1:0"}]
                authentication: {failures-per-address: 0, failures-per-principal: 5, failure-window: 10m}
                realms:
                - uri: realm1
                  roles:
                  - {name: user}
                  - {name: authenticator, permissions: [{uri: com.example.authenticate, allow: [register]}]}
                  - {name: other, permissions: [{uri: "", match: prefix, allow: [call, register]}]}
                  auth: {methods: [wamp-scram, wampcra], principals: [%s]}
                - uri: dynamic
                  roles: [{name: ticketed}, {name: signer}]
                  auth:
                    methods: [wampcra, ticket]
                    dynamic: {procedure: %s, realm: realm1, methods: [ticket, wampcra], timeout: 10s}
                - uri: impatient
                  roles: [{name: ticketed}, {name: signer}]
                  auth:
                    methods: [wampcra, ticket]
                    dynamic: {procedure: %s, realm: realm1, methods: [ticket, wampcra], timeout: 1s}
                cluster:
                  enabled: true
                  name: authentication-test-%d
                  discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                  hazelcast: {address: "127.0.0.1:%d"}
                  link: {address: "127.0.0.1:0", secret: "sixteen characters and more"}
                drain: {spread: 200ms}
                """.formatted(
                        name,
                        directory.resolve("principals.yaml"),
                        PROCEDURE,
                        PROCEDURE,
                        ports.get(0),
                        ports.get(0),
                        ports.get(1),
                        ports.get(index)));
    }

    private static TestClient connect(RunningNode node) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.connect(port, Framing.RAWSOCKET, SerializerId.MSGPACK);
    }

    private static WampMessage login(RunningNode node, Hello hello, String secret) throws IOException {
        try (TestClient client = connect(node)) {
            return Claimant.login(client, hello, secret);
        }
    }

    private static WampMessage dynamic(String authid, String method, String secret) throws IOException {
        return login(first, Claimant.hello("dynamic", authid, Map.of(), method), secret);
    }

    private static String reason(WampMessage answer) {
        assertThat(answer).isInstanceOf(Abort.class);
        return ((Abort) answer).reason();
    }

    /** Answers on the second node by the name of who wants to join. */
    private static final class Authenticator extends Thread {
        private final TestClient client;

        Authenticator() throws IOException {
            super("authenticator");
            client = connect(second);
            Claimant.login(client, Claimant.hello("realm1", "authenticator", Map.of(), "wampcra"), "secret");
            client.send(new Register(client.nextRequest(), RegisterOptions.DEFAULT, PROCEDURE));
            client.expect(Registered.class);
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            try {
                while (true) {
                    if (client.receive() instanceof Invocation invocation) {
                        answer(invocation);
                    }
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private void answer(Invocation invocation) throws IOException {
            List<Object> args = client.args(invocation);
            Map<?, ?> details = (Map<?, ?>) args.get(2);
            Object result = switch ((String) args.get(1)) {
                case "tom" -> "good ticket".equals(details.get("ticket")) ? "ticketed" : null;
                case "carl" -> Map.of("role", "signer", "wampcra", "secret");
                case "odd" -> List.of("no role");
                case "slow" -> "slow";
                default -> null;
            };
            if (result == null) {
                client.send(new ErrorMessage(
                        MessageType.INVOCATION,
                        invocation.request(),
                        ErrorDetails.DEFAULT,
                        "com.example.unknown",
                        client.payload()));
            } else if (!"slow".equals(result)) {
                client.send(new Yield(invocation.request(), YieldOptions.DEFAULT, client.payload(result)));
            }
        }

        void close() throws IOException {
            client.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"tom, ticket, good ticket, ticketed", "carl, wampcra, secret, signer"})
    void anAuthenticatorOnAnotherNodeLetsClientsIn(String authid, String method, String secret, String role)
            throws IOException {
        WampMessage answer = dynamic(authid, method, secret);
        assertThat(answer).isInstanceOf(Welcome.class);
        assertThat(((Welcome) answer).details())
                .containsEntry("authid", authid)
                .containsEntry("authrole", role)
                .containsEntry("authprovider", "dynamic");
    }

    @ParameterizedTest
    @CsvSource({"tom, ticket", "nobody, ticket", "carl, wampcra", "nobody, wampcra"})
    void whomTheAuthenticatorDoesNotKnowIsRefusedLikeWhoProvesNothing(String authid, String method) throws IOException {
        assertThat(reason(dynamic(authid, method, "wrong"))).isEqualTo("wamp.error.authentication_denied");
    }

    @ParameterizedTest
    @CsvSource({"dynamic, odd, ticket", "impatient, slow, ticket", "impatient, slow, wampcra"})
    void anAuthenticatorThatDecidesNothingLetsNobodyIn(String realm, String authid, String method) throws IOException {
        WampMessage answer = login(first, Claimant.hello(realm, authid, Map.of(), method), "good ticket");
        assertThat(reason(answer)).isEqualTo("wamp.error.authentication_failed");
    }

    @Test
    void challengesThatAreNeverAnsweredCountWhereAProcedureIsAsked() throws IOException {
        Hello hello = Claimant.hello("dynamic", "carla", Map.of(), "wampcra");
        for (int i = 0; i < 5; i++) {
            try (TestClient client = connect(first)) {
                client.send(hello);
                client.expect(Challenge.class);
                client.send(new Call(1, CallOptions.DEFAULT, PROCEDURE, client.payload()));
                client.expect(Abort.class);
            }
        }
        assertThat(reason(login(first, hello, "secret"))).isEqualTo("wamp.error.authentication_denied");
        try (TestClient client = connect(first)) {
            client.send(hello);
            assertThat(client.expect(Abort.class).details().get("message").toString())
                    .contains("too many");
        }
        for (int i = 0; i < 10; i++) {
            assertThat(dynamic("carl", "wampcra", "secret")).isInstanceOf(Welcome.class);
        }
    }

    @Test
    void clientsNeitherCallTheAuthenticatorNorTakeItsPlace() throws IOException {
        try (TestClient client = connect(first)) {
            Claimant.login(client, Claimant.hello("realm1", "other", Map.of(), "wampcra"), "secret");
            client.send(new Call(1, CallOptions.DEFAULT, PROCEDURE, client.payload("dynamic", "tom", Map.of())));
            assertThat(client.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.not_authorized");
            client.send(new Register(2, RegisterOptions.DEFAULT, PROCEDURE));
            assertThat(client.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.not_authorized");
            client.send(new Register(
                    3,
                    new RegisterOptions(MatchPolicy.PREFIX, RegisterOptions.DEFAULT.invoke(), false, false),
                    "com."));
            assertThat(client.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.not_authorized");
        }
    }

    @Test
    void madeUpSaltsAreTheSameOnBothNodes() throws IOException {
        for (int i = 0; ; i++) {
            Hello hello = Claimant.hello("realm1", "nobody" + i, Map.of("nonce", Claimant.NONCE), "wamp-scram");
            try (TestClient here = connect(first);
                    TestClient there = connect(second)) {
                here.send(hello);
                there.send(hello);
                WampMessage one = here.receive();
                WampMessage other = there.receive();
                if (one instanceof Challenge challenge) {
                    assertThat(((Challenge) other).extra().get("salt"))
                            .isEqualTo(challenge.extra().get("salt"));
                    return;
                }
                assertThat(reason(other)).isEqualTo(reason(one));
            }
        }
    }

    @Test
    void whatFailsOnOneNodeCountsOnTheOther() throws IOException {
        Hello hello = Claimant.hello("realm1", "other", Map.of("nonce", Claimant.NONCE), "wampcra");
        Hello guessed = Claimant.hello("realm1", "guessed", Map.of("nonce", Claimant.NONCE), "wamp-scram", "wampcra");
        for (int i = 0; i < 5; i++) {
            assertThat(reason(login(first, guessed, "wrong"))).isEqualTo("wamp.error.authentication_denied");
        }
        AtomicInteger guesses = new AtomicInteger();
        await().pollDelay(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            guesses.incrementAndGet();
            Abort abort = (Abort) login(second, guessed, "wrong");
            assertThat((String) abort.details().get("message")).contains("too many");
        });
        assertThat(guesses).as("more than that the node refuses by itself").hasValueLessThan(5);
        assertThat(login(second, hello, "secret")).isInstanceOf(Welcome.class);
    }
}
