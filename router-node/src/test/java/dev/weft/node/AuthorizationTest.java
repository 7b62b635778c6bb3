package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
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
import dev.weft.wamp.WampMessage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What clients are allowed by the roles in the configuration, over real sockets. */
class AuthorizationTest {
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);

    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        node = RouterNode.start(NodeConfigs.of("""
                node: {name: gate}
                listeners: [{address: "127.0.0.1:0"}]
                realms:
                  - uri: guarded
                    auth: {methods: [anonymous], anonymous-role: guest}
                    meta-api: full
                    roles:
                      - name: guest
                        permissions:
                          - {uri: com.example., match: prefix, allow: [call, subscribe]}
                          - {uri: com.example.chat., match: prefix, allow: [publish, subscribe, register],
                             match-policies: [exact, wildcard], invoke-policies: [single]}
                          - {uri: com.example..secret, match: wildcard, allow: []}
                          - {uri: wamp.session.count, allow: [call]}
                          - {uri: wamp.session.add_testament, allow: [call]}
                      - name: staff
                        permissions: [{uri: "", match: prefix, allow: [call]}]
                  - uri: open
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [publish, subscribe]}]}]
                drain: {spread: 0s}
                """));
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    private static TestClient join(String realm) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, Framing.RAWSOCKET, SerializerId.JSON, realm);
    }

    private static void assertDenied(TestClient client, MessageType of, WampMessage message) throws IOException {
        client.send(message);
        ErrorMessage error = client.expect(ErrorMessage.class);
        assertThat(error.requestType()).isEqualTo(of);
        assertThat(error.error()).isEqualTo("wamp.error.not_authorized");
    }

    private static Publish publish(TestClient client, String topic, PublishOptions options) {
        return new Publish(client.nextRequest(), options, topic, Payload.EMPTY);
    }

    private static Subscribe subscribe(TestClient client, String topic, MatchPolicy match) {
        return new Subscribe(client.nextRequest(), new SubscribeOptions(match, false), topic);
    }

    private static Register register(TestClient client, String procedure, MatchPolicy match, InvocationPolicy invoke) {
        return new Register(client.nextRequest(), new RegisterOptions(match, invoke, false, false), procedure);
    }

    private static Call call(TestClient client, String procedure, Object... args) {
        return new Call(client.nextRequest(), CallOptions.DEFAULT, procedure, client.payload(args));
    }

    @Test
    void whatNoPermissionAllowsIsDeniedAndTheSessionGoesOn() throws IOException {
        try (TestClient client = join("guarded")) {
            assertDenied(client, MessageType.CALL, call(client, "org.other.x"));
            assertDenied(client, MessageType.SUBSCRIBE, subscribe(client, "org.other.x", MatchPolicy.EXACT));
            assertDenied(client, MessageType.PUBLISH, publish(client, "com.example.x", ACKNOWLEDGED));
            assertDenied(
                    client,
                    MessageType.REGISTER,
                    register(client, "com.example.x", MatchPolicy.EXACT, InvocationPolicy.SINGLE));
            client.send(subscribe(client, "com.example.x", MatchPolicy.EXACT));
            client.expect(Subscribed.class);
        }
    }

    @Test
    void theErrorNamesTheRoleAndWhatItMayNot() throws IOException {
        try (TestClient client = join("guarded")) {
            client.send(subscribe(client, "com.", MatchPolicy.PREFIX));
            assertThat(client.expect(ErrorMessage.class).details().message())
                    .isEqualTo("the role guest may not subscribe to prefix \"com.\"");
        }
    }

    @Test
    void aPublisherThatDoesNotAskIsNotToldThatItMayNot() throws IOException {
        try (TestClient reader = join("guarded");
                TestClient writer = join("guarded")) {
            reader.send(subscribe(reader, "com.example.news", MatchPolicy.EXACT));
            reader.expect(Subscribed.class);
            reader.send(subscribe(reader, "com.example.chat.a", MatchPolicy.EXACT));
            reader.expect(Subscribed.class);

            writer.send(publish(writer, "com.example.news", PublishOptions.DEFAULT));
            writer.send(publish(writer, "com.example.chat.a", ACKNOWLEDGED));

            long published = writer.expect(Published.class).publication();
            assertThat(reader.expect(Event.class).publication()).isEqualTo(published);
        }
    }

    @Test
    void aPatternIsAllowedOnlyIfAllOfItIs() throws IOException {
        try (TestClient client = join("guarded")) {
            // com.example.x.secret would match.
            assertDenied(client, MessageType.SUBSCRIBE, subscribe(client, "com.example.", MatchPolicy.PREFIX));
            assertDenied(client, MessageType.SUBSCRIBE, subscribe(client, "", MatchPolicy.PREFIX));
            assertDenied(client, MessageType.SUBSCRIBE, subscribe(client, "com..", MatchPolicy.WILDCARD));
            assertDenied(client, MessageType.SUBSCRIBE, subscribe(client, "com.example.a.secret", MatchPolicy.EXACT));
            client.send(subscribe(client, "com.example..open", MatchPolicy.WILDCARD));
            client.expect(Subscribed.class);
        }
    }

    @Test
    void policiesThatARoleMayNotUseAreDenied() throws IOException {
        try (TestClient client = join("guarded")) {
            assertDenied(
                    client,
                    MessageType.REGISTER,
                    register(client, "com.example.chat.p", MatchPolicy.EXACT, InvocationPolicy.ROUNDROBIN));
            assertDenied(
                    client,
                    MessageType.REGISTER,
                    register(client, "com.example.chat.p", MatchPolicy.PREFIX, InvocationPolicy.SINGLE));
            client.send(register(client, "com.example.chat.p", MatchPolicy.EXACT, InvocationPolicy.SINGLE));
            client.expect(Registered.class);
        }
    }

    @Test
    void metaProceduresAndTestamentsNeedPermissionsAsAllOthersDo() throws IOException {
        try (TestClient client = join("guarded")) {
            client.send(call(client, "wamp.session.count"));
            client.expect(Result.class);
            assertDenied(client, MessageType.CALL, call(client, "wamp.session.kill_all"));
            assertDenied(client, MessageType.CALL, call(client, "wamp.session.add_testament", "com.example.news"));
            client.send(call(client, "wamp.session.add_testament", "com.example.chat.a", List.of(), Map.of()));
            client.expect(Result.class);
            assertDenied(client, MessageType.SUBSCRIBE, subscribe(client, "wamp.session.on_join", MatchPolicy.EXACT));
        }
    }

    @Test
    void reservedNamesStayReservedWhateverIsAllowed() throws IOException {
        try (TestClient client = join("open")) {
            client.send(publish(client, "wamp.session.on_join", ACKNOWLEDGED));
            assertThat(client.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.invalid_uri");
        }
    }
}
