package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.ConfigReport;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Invocation;
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
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules of realms that change while sessions are there, over real sockets. */
class RulesReloadTest {
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);
    private static final String ALL = "{uri: com., match: prefix, allow: [call, register, publish, subscribe]}";

    private volatile String rules = "[" + ALL + "]";
    private volatile String more = "";
    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        node = RouterNode.start(NodeConfigs.of(config()), this::read);
    }

    @AfterEach
    void stop() {
        node.stop();
    }

    private ConfigReport read() {
        return NodeConfigs.report(config());
    }

    private String config() {
        return """
                node: {name: changing}
                listeners: [{address: "127.0.0.1:0"}]
                drain: {spread: 0s}
                realms:
                - uri: realm1
                  auth: {methods: [anonymous]}
                  roles:
                  - name: anonymous
                    permissions: %s
                %s""".formatted(rules, more);
    }

    private ReloadReport reload(String permissions) {
        rules = permissions;
        return node.reload();
    }

    private TestClient join(String... features) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, Framing.RAWSOCKET, SerializerId.JSON, "realm1", features);
    }

    private static long subscribe(TestClient client, String topic) throws IOException {
        client.send(new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, topic));
        return client.expect(Subscribed.class).subscription();
    }

    private static long register(TestClient client, String procedure) throws IOException {
        client.send(new Register(client.nextRequest(), RegisterOptions.DEFAULT, procedure));
        return client.expect(Registered.class).registration();
    }

    private static void publish(TestClient client, String topic) throws IOException {
        client.send(new Publish(client.nextRequest(), ACKNOWLEDGED, topic, Payload.EMPTY));
    }

    private static void call(TestClient client, String procedure) throws IOException {
        client.send(new Call(client.nextRequest(), CallOptions.DEFAULT, procedure, Payload.EMPTY));
    }

    private static void assertDenied(TestClient client) throws IOException {
        assertThat(client.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.not_authorized");
    }

    @Test
    void openSessionsAreRuledByTheNewRulesFromTheirNextRequestOn() throws Exception {
        try (TestClient client = join()) {
            publish(client, "com.example.x");
            client.expect(Published.class);

            ReloadReport report = reload("[{uri: com.other., match: prefix, allow: [publish]}]");

            publish(client, "com.example.x");
            assertDenied(client);
            publish(client, "com.other.x");
            client.expect(Published.class);
            assertThat(report.applied())
                    .containsEntry("realms[realm1].roles[anonymous].permissions[com.other.].allow", List.of("publish"))
                    .containsEntry("realms[realm1].roles[anonymous].permissions[com.].allow", "not set");
            assertThat(report.needRestart()).isEmpty();
        }
    }

    @Test
    void whatWasDeniedBeforeIsAllowedWithoutANewSession() throws Exception {
        reload("[]");
        try (TestClient client = join()) {
            call(client, "com.example.x");
            assertDenied(client);

            reload("[" + ALL + "]");

            call(client, "com.example.x");
            assertThat(client.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.no_such_procedure");
        }
    }

    @Test
    void subscriptionsAndRegistrationsThatAreNotAllowedAnyMoreAreRevokedAndTheOthersStay() throws Exception {
        try (TestClient holder = join("subscription_revocation", "registration_revocation");
                TestClient other = join()) {
            long secret = subscribe(holder, "com.secret.news");
            subscribe(holder, "com.open.news");
            long procedure = register(holder, "com.secret.get");
            register(holder, "com.open.get");

            reload("[" + ALL + ", {uri: com.secret., match: prefix, allow: [publish, call]}]");

            Unsubscribed unsubscribed = holder.expect(Unsubscribed.class);
            assertThat(Objects.requireNonNull(unsubscribed.revoked()).id()).isEqualTo(secret);
            assertThat(unsubscribed.revoked().reason()).isEqualTo("wamp.error.not_authorized");
            Unregistered unregistered = holder.expect(Unregistered.class);
            assertThat(Objects.requireNonNull(unregistered.revoked()).id()).isEqualTo(procedure);
            publish(other, "com.secret.news");
            other.expect(Published.class);
            publish(other, "com.open.news");
            long open = other.expect(Published.class).publication();
            assertThat(holder.expect(Event.class).publication()).isEqualTo(open);
            call(other, "com.secret.get");
            assertThat(other.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.no_such_procedure");
            call(other, "com.open.get");
            holder.send(new Yield(holder.expect(Invocation.class).request(), YieldOptions.DEFAULT, Payload.EMPTY));
            other.expect(Result.class);
        }
    }

    @Test
    void aClientThatCannotBeToldThatItLostASubscriptionLosesItsSessionAndNobodyElseDoes() throws Exception {
        try (TestClient untold = join();
                TestClient other = join()) {
            subscribe(untold, "com.secret.one");
            subscribe(untold, "com.secret.two");
            subscribe(other, "com.open.news");

            reload("[" + ALL + ", {uri: com.secret., match: prefix, allow: [publish]}]");

            assertThat(untold.expect(Abort.class).details().get("message").toString())
                    .contains("was revoked: wamp.error.not_authorized");
            publish(other, "com.open.x");
            other.expect(Published.class);
        }
    }

    @Test
    void aConfigurationThatIsWrongIsRefusedAsAWholeAndTheRulesStay() throws Exception {
        try (TestClient client = join()) {
            ReloadReport report = reload("[{uri: com.other., match: prefix, allow: [publsh]}]");

            assertThat(report.accepted()).isFalse();
            assertThat(report.problems()).singleElement().asString().contains("test:9:", "publsh");
            publish(client, "com.example.x");
            client.expect(Published.class);
        }
    }

    @Test
    void whatCannotChangeIsNamedAndRulesDoNotGoAheadOfTheRolesThatTheyAreFor() {
        more = "  disclosure: refuse\n  request-ids: lenient\nlimits: {max-depth: 32}\n";
        ReloadReport report = reload("[" + ALL + "]");
        assertThat(report.applied()).containsOnlyKeys("realms[realm1].disclosure");
        assertThat(report.needRestart()).containsOnlyKeys("realms[realm1].request-ids", "limits.max-depth");

        more = "- {uri: realm2, auth: {methods: [anonymous]}, roles: [{name: anonymous}]}\n";
        assertThat(reload("[" + ALL + "]").needRestart().keySet()).allMatch(key -> key.startsWith("realms[realm2]"));
    }

    @Test
    void aRoleMayLoseAndGetAnAuthorizerAndItsRate() throws Exception {
        try (TestClient client = join()) {
            more = "    authorizer: {procedure: com.nobody.there}\n  - name: authorizer\n";
            reload("[" + ALL + "]");
            publish(client, "com.example.x");
            assertThat(client.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.authorization_failed");

            more = "    max-message-rate: 5\n";
            reload("[" + ALL + "]");
            publish(client, "com.example.x");
            client.expect(Published.class);
            for (int i = 0; i < 20; i++) {
                client.send(new Publish(client.nextRequest(), PublishOptions.DEFAULT, "com.example.x", Payload.EMPTY));
            }
            assertThat(client.expect(Abort.class).reason()).isEqualTo("weft.error.limit_exceeded");
        }
    }

    @Test
    void aSubscriptionThatIsAskedForWhileTheRulesChangeIsNotKept() throws Exception {
        try (TestClient client = join("subscription_revocation")) {
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 50; i++) {
                    client.send(new Subscribe(
                            client.nextRequest(), SubscribeOptions.DEFAULT, "com.secret." + round + "." + i));
                }
                reload("[{uri: com.example., match: prefix, allow: [publish]}]");
                int held = 0;
                for (int answers = 0; answers < 50 || held > 0; ) {
                    WampMessage answer = client.receive();
                    held += answer instanceof Subscribed ? 1 : answer instanceof Unsubscribed ? -1 : 0;
                    answers += answer instanceof Unsubscribed ? 0 : 1;
                }
                reload("[" + ALL + "]");
            }
        }
    }
}
