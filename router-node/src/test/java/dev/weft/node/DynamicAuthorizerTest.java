package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.config.NodeConfig;
import dev.weft.node.cli.LocalPorts;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Guests of the second node are asked about; who is asked is a client of the first, where anonymous sessions are keepers. */
@Tag("cluster")
@TestMethodOrder(OrderAnnotation.class)
class DynamicAuthorizerTest {
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);
    private static final Map<String, Object> ALLOW = Map.of("allow", true);
    private static final Map<String, Object> ALLOW_AND_REMEMBER = Map.of("allow", true, "cache", true);

    private static final List<Integer> MEMBER_PORTS = LocalPorts.free(2);
    private static RunningNode first;
    private static RunningNode second;

    @BeforeAll
    static void startTwoNodes() throws Exception {
        first = RouterNode.start(config("first", 0, "keeper"));
        second = RouterNode.start(config("second", 1, "guest"));
    }

    @AfterAll
    static void stopBoth() {
        second.stop();
        first.stop();
    }

    private static NodeConfig config(String name, int index, String role) {
        return NodeConfigs.of("""
                node: {name: %s}
                listeners: [{address: "127.0.0.1:0"}]
                realms:
                - uri: realm1
                  auth: {methods: [anonymous], anonymous-role: %s}
                  roles:
                    - name: keeper
                      permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]
                    - name: guest
                      permissions: [{uri: com.example., match: prefix, allow: [call, register, publish, subscribe]}]
                      # Longer than the guests of the test wait: what denies them before is not the time.
                      authorizer: {procedure: com.keeper.authorize, role: keeper, timeout: 20s}
                - uri: impatient
                  auth: {methods: [anonymous], anonymous-role: %s}
                  roles:
                    - name: keeper
                      permissions: [{uri: com.keeper.authorize, allow: [register]}]
                    - name: guest
                      permissions: [{uri: com.example., match: prefix, allow: [publish]}]
                      authorizer: {procedure: com.keeper.authorize, role: keeper, timeout: 1s}
                cluster:
                  enabled: true
                  name: authorizer-test-%d
                  discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                  hazelcast: {address: "127.0.0.1:%d"}
                  link: {address: "127.0.0.1:0", secret: "sixteen characters and more"}
                drain: {spread: 200ms}
                """.formatted(
                        name,
                        role,
                        role,
                        MEMBER_PORTS.get(0),
                        MEMBER_PORTS.get(0),
                        MEMBER_PORTS.get(1),
                        MEMBER_PORTS.get(index)));
    }

    private static TestClient join(RunningNode node) throws IOException {
        return join(node, "realm1");
    }

    private static TestClient join(RunningNode node, String realm) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, Framing.RAWSOCKET, SerializerId.JSON, realm, new String[0]);
    }

    /** As soon as the keeper of the test before, whose socket was closed, is gone. */
    private static TestClient keeper() throws IOException {
        TestClient keeper = join(first);
        await().until(() -> registered(keeper));
        return keeper;
    }

    private static boolean registered(TestClient keeper) throws IOException {
        keeper.send(new Register(keeper.nextRequest(), RegisterOptions.DEFAULT, "com.keeper.authorize"));
        return keeper.receive() instanceof Registered;
    }

    private static Publish publish(TestClient client, String topic) {
        return new Publish(client.nextRequest(), ACKNOWLEDGED, topic, Payload.EMPTY);
    }

    /** What the keeper is asked next; answered with {@code ruling}. */
    private static List<Object> rule(TestClient keeper, Object ruling) throws IOException {
        Invocation asked = keeper.expect(Invocation.class);
        keeper.send(new Yield(asked.request(), YieldOptions.DEFAULT, keeper.payload(ruling)));
        return keeper.args(asked);
    }

    private static void assertRefused(TestClient client, MessageType of, String error) throws IOException {
        ErrorMessage refused = client.expect(ErrorMessage.class);
        assertThat(refused.requestType()).isEqualTo(of);
        assertThat(refused.error()).isEqualTo(error);
    }

    @Test
    @Order(1)
    void theAuthorizerIsToldWhoWantsWhatAndDecides() throws IOException {
        try (TestClient keeper = keeper();
                TestClient guest = join(second)) {
            guest.send(publish(guest, "com.example.a"));
            List<Object> asked = rule(keeper, true);
            guest.expect(Published.class);
            assertThat(asked).hasSize(4).element(1).isEqualTo("com.example.a");
            assertThat(asked).element(2).isEqualTo("publish");
            assertThat(asked)
                    .element(0)
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("session", guest.session())
                    .containsEntry("authrole", "guest")
                    .containsEntry("realm", "realm1");

            guest.send(new Call(guest.nextRequest(), CallOptions.DEFAULT, "com.example.p", guest.payload()));
            rule(keeper, Map.of("allow", false));
            assertRefused(guest, MessageType.CALL, "wamp.error.not_authorized");

            guest.send(new Subscribe(guest.nextRequest(), SubscribeOptions.DEFAULT, "com.example.a"));
            rule(keeper, ALLOW);
            guest.expect(Subscribed.class);

            guest.send(new Register(guest.nextRequest(), RegisterOptions.DEFAULT, "com.example.p"));
            assertThat(rule(keeper, ALLOW)).element(3).isEqualTo(Map.of("match", "exact", "invoke", "single"));
            guest.expect(Registered.class);
        }
    }

    @Test
    @Order(2)
    void whatThePermissionsDenyIsNotAskedAbout() throws IOException {
        try (TestClient keeper = keeper();
                TestClient guest = join(second)) {
            guest.send(publish(guest, "com.keeper.x"));
            assertRefused(guest, MessageType.PUBLISH, "wamp.error.not_authorized");
            guest.send(publish(guest, "com.example.x"));
            assertThat(rule(keeper, true)).element(1).isEqualTo("com.example.x");
            guest.expect(Published.class);
        }
    }

    @Test
    @Order(3)
    void requestsWaitInTheirOrderForOneThatIsAskedAbout() throws IOException {
        try (TestClient keeper = keeper();
                TestClient guest = join(second)) {
            for (String topic : List.of("com.example.slow", "com.example.quick")) {
                keeper.send(new Subscribe(keeper.nextRequest(), SubscribeOptions.DEFAULT, topic));
                keeper.expect(Subscribed.class);
            }
            guest.send(publish(guest, "com.example.quick"));
            rule(keeper, ALLOW_AND_REMEMBER);
            long remembered = guest.expect(Published.class).publication();
            assertThat(keeper.expect(Event.class).publication()).isEqualTo(remembered);

            guest.send(publish(guest, "com.example.slow"));
            guest.send(publish(guest, "com.example.quick"));
            guest.send(publish(guest, "com.example.slow"));
            guest.send(publish(guest, "com.example.quick"));
            rule(keeper, ALLOW);
            List<Long> events = new ArrayList<>();
            events.add(keeper.expect(Event.class).publication());
            events.add(keeper.expect(Event.class).publication());
            rule(keeper, ALLOW);
            events.add(keeper.expect(Event.class).publication());
            events.add(keeper.expect(Event.class).publication());

            List<Long> published = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                published.add(guest.expect(Published.class).publication());
            }
            assertThat(events).isEqualTo(published);
        }
    }

    @Test
    @Order(4)
    void whatWasAskedForBeforeGoodbyeIsDone() throws IOException {
        try (TestClient keeper = keeper();
                TestClient guest = join(second)) {
            keeper.send(new Subscribe(keeper.nextRequest(), SubscribeOptions.DEFAULT, "com.example.last"));
            keeper.expect(Subscribed.class);
            guest.send(publish(guest, "com.example.last"));
            guest.send(new Goodbye(Map.of(), "wamp.close.close_realm"));
            rule(keeper, ALLOW);
            keeper.expect(Event.class);
            guest.expect(Published.class);
            guest.expect(Goodbye.class);
        }
    }

    @Test
    @Order(5)
    void anAuthorizerThatIsNotThereOrSaysNothingSensibleDenies() throws IOException {
        try (TestClient guest = join(second)) {
            // Many at once, none of which is answered later than the others.
            for (int i = 0; i < 2000; i++) {
                guest.send(publish(guest, "com.example.x"));
            }
            for (int i = 0; i < 2000; i++) {
                assertRefused(guest, MessageType.PUBLISH, "wamp.error.authorization_failed");
            }
            try (TestClient keeper = keeper()) {
                for (Object nonsense : List.of("yes", 1L, Map.of(), Map.of("allow", "yes"), List.of(true))) {
                    guest.send(publish(guest, "com.example.x"));
                    rule(keeper, nonsense);
                    assertRefused(guest, MessageType.PUBLISH, "wamp.error.authorization_failed");
                }
                guest.send(publish(guest, "com.example.x"));
                Invocation asked = keeper.expect(Invocation.class);
                WampMessage error = new ErrorMessage(
                        MessageType.INVOCATION,
                        asked.request(),
                        ErrorDetails.DEFAULT,
                        "com.keeper.broken",
                        Payload.EMPTY);
                keeper.send(error);
                assertRefused(guest, MessageType.PUBLISH, "wamp.error.authorization_failed");
            }
        }
    }

    @Test
    @Order(6)
    void anAuthorizerThatDoesNotAnswerInTimeDenies() throws IOException {
        try (TestClient keeper = join(first, "impatient");
                TestClient guest = join(second, "impatient")) {
            assertThat(registered(keeper)).isTrue();
            // And is asked again.
            for (int i = 0; i < 2; i++) {
                guest.send(publish(guest, "com.example.x"));
                keeper.expect(Invocation.class);
                assertRefused(guest, MessageType.PUBLISH, "wamp.error.authorization_failed");
            }
        }
    }

    @Test
    @Order(7)
    void anAuthorizerThatLeavesDenies() throws IOException {
        try (TestClient guest = join(second)) {
            try (TestClient keeper = keeper()) {
                guest.send(publish(guest, "com.example.x"));
                keeper.expect(Invocation.class);
            }
            assertRefused(guest, MessageType.PUBLISH, "wamp.error.authorization_failed");
        }
    }

    @Test
    @Order(8)
    void aTestamentNeedsAnAnswerThatIsRemembered() throws IOException {
        try (TestClient keeper = keeper();
                TestClient guest = join(second)) {
            guest.send(new Call(
                    guest.nextRequest(),
                    CallOptions.DEFAULT,
                    "wamp.session.add_testament",
                    guest.payload("com.example.will", List.of(), Map.of())));
            assertRefused(guest, MessageType.CALL, "wamp.error.not_authorized");
            keeper.leave();
        }
    }

    @Test
    @Order(9)
    void theNodeOfTheAuthorizerMayGo() throws IOException {
        try (TestClient keeper = keeper();
                TestClient guest = join(second)) {
            guest.send(publish(guest, "com.example.x"));
            rule(keeper, true);
            guest.expect(Published.class);
            first.stop();
            guest.send(publish(guest, "com.example.x"));
            assertRefused(guest, MessageType.PUBLISH, "wamp.error.authorization_failed");
        }
    }
}
