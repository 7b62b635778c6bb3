package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.NodeConfig;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Identity;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
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
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Features of calls and publications between clients on two nodes, over real sockets and every pair of serializers. */
@Tag("cluster")
class FeaturesOnTwoNodesTest {
    private static final List<Integer> MEMBER_PORTS = new ArrayList<>();
    private static RunningNode first;
    private static RunningNode second;

    @BeforeAll
    static void startTwoNodes() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (ServerSocket free = new ServerSocket(0)) {
                MEMBER_PORTS.add(free.getLocalPort());
            }
        }
        first = RouterNode.start(config("first", 0));
        second = RouterNode.start(config("second", 1));
    }

    @AfterAll
    static void stopBoth() {
        second.stop();
        first.stop();
    }

    private static NodeConfig config(String name, int index) {
        return NodeConfigs.of("""
                node: {name: %s}
                listeners: [{address: "127.0.0.1:0"}]
                realms:
                - uri: realm1
                  auth: {methods: [anonymous]}
                  roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                - uri: discreet
                  auth: {methods: [anonymous]}
                  roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                  disclosure: refuse
                - uri: open
                  auth: {methods: [anonymous]}
                  roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                  disclosure: always
                  trust-levels: [{authrole: anonymous, level: 2}]
                cluster:
                  enabled: true
                  name: features-test-%d
                  discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                  hazelcast: {address: "127.0.0.1:%d"}
                  link: {address: "127.0.0.1:0", secret: "sixteen characters and more"}
                drain: {spread: 200ms}
                """.formatted(
                        name, MEMBER_PORTS.get(0), MEMBER_PORTS.get(0), MEMBER_PORTS.get(1), MEMBER_PORTS.get(index)));
    }

    private static TestClient join(RunningNode node, SerializerId serializer, String realm, String... features)
            throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        Framing framing = serializer == SerializerId.JSON ? Framing.WEBSOCKET : Framing.RAWSOCKET;
        return TestClient.join(port, framing, serializer, realm, features);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(SerializerId.values())
                .flatMap(one -> Stream.of(SerializerId.values()).map(other -> Arguments.of(one, other)));
    }

    private static long register(TestClient callee, String procedure, RegisterOptions options) throws IOException {
        callee.send(new Register(callee.nextRequest(), options, procedure));
        return callee.expect(Registered.class).registration();
    }

    private static void subscribe(TestClient client, String topic) throws IOException {
        client.send(new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, topic));
        client.expect(Subscribed.class);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whoCallsAndPublishesIsDisclosedOnTheOtherNode(SerializerId one, SerializerId other) throws IOException {
        try (TestClient here = join(first, one, "realm1");
                TestClient there = join(second, other, "realm1")) {
            assertThat(here.isAnnounced("dealer", "caller_identification")).isTrue();
            assertThat(here.isAnnounced("broker", "publisher_identification")).isTrue();
            assertThat(here.isAnnounced("dealer", "call_trustlevels")).isFalse();
            register(there, "com.example.who", RegisterOptions.DEFAULT);
            subscribe(there, "com.example.who");
            here.send(new Call(
                    here.nextRequest(),
                    new CallOptions(false, false, 0, true, null),
                    "com.example.who",
                    here.payload()));
            Identity caller = there.expect(Invocation.class).details().caller();
            assertThat(caller).isNotNull();
            assertThat(caller.session()).isEqualTo(here.session());
            assertThat(caller.authrole()).isEqualTo("anonymous");
            here.send(new Publish(
                    here.nextRequest(),
                    new PublishOptions(true, true, true, false, null, null),
                    "com.example.who",
                    here.payload(1L)));
            here.expect(Published.class);
            Event event = there.expect(Event.class);
            assertThat(event.details().publisher()).isEqualTo(caller);
            assertThat(there.args(event)).containsExactly(1L);
        }
    }

    @Test
    void aCalleeThatAsksWhenItRegistersIsToldOnWhicheverNodeTheCallerIs() throws IOException {
        try (TestClient here = join(first, SerializerId.CBOR, "realm1");
                TestClient there = join(second, SerializerId.JSON, "realm1")) {
            register(
                    there,
                    "com.example.curious",
                    new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.SINGLE, true, false));
            for (TestClient caller : List.of(here, there)) {
                caller.send(
                        new Call(caller.nextRequest(), CallOptions.DEFAULT, "com.example.curious", caller.payload()));
                Identity told = there.expect(Invocation.class).details().caller();
                assertThat(told).isNotNull();
                assertThat(told.session()).isEqualTo(caller.session());
            }
        }
    }

    @Test
    void aRealmMayRefuseDisclosureOrHaveItAlwaysWithTrustLevels() throws IOException {
        try (TestClient client = join(first, SerializerId.MSGPACK, "discreet")) {
            assertThat(client.isAnnounced("dealer", "caller_identification")).isFalse();
            client.send(new Call(
                    client.nextRequest(), new CallOptions(false, false, 0, true, null), "a.b", client.payload()));
            assertThat(client.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.option_disallowed.disclose_me");
        }
        try (TestClient here = join(first, SerializerId.MSGPACK, "open");
                TestClient there = join(second, SerializerId.JSON, "open")) {
            assertThat(here.isAnnounced("dealer", "call_trustlevels")).isTrue();
            assertThat(here.isAnnounced("broker", "publication_trustlevels")).isTrue();
            register(there, "a.b", RegisterOptions.DEFAULT);
            subscribe(there, "a.b");
            here.send(new Call(here.nextRequest(), CallOptions.DEFAULT, "a.b", here.payload()));
            Invocation invocation = there.expect(Invocation.class);
            assertThat(invocation.details().trustlevel()).isEqualTo(2);
            assertThat(invocation.details().caller()).isNotNull();
            here.send(new Publish(here.nextRequest(), PublishOptions.DEFAULT, "a.b", here.payload()));
            Event event = there.expect(Event.class);
            assertThat(event.details().trustlevel()).isEqualTo(2);
            assertThat(event.details().publisher())
                    .isEqualTo(invocation.details().caller());
        }
    }
}
