package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.NodeConfig;
import dev.weft.node.cli.LocalPorts;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Goodbye;
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
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes as they are run, in one process, over real sockets and a real Hazelcast. */
@Tag("cluster")
class RouterNodeTest {
    private static final byte[] BINARY = {0, 1, (byte) 0xff, 'x'};
    private static final String TEXT = "Übergrößenträger 🧵 \u0001";

    private static final List<Integer> MEMBER_PORTS = LocalPorts.free(3);
    private static RunningNode first;
    private static RunningNode second;

    @BeforeAll
    static void startTwoNodes() throws Exception {
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
                    meta-api: full
                cluster:
                  enabled: true
                  name: router-node-test-%d
                  discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d", "127.0.0.1:%d"]}
                  hazelcast: {address: "127.0.0.1:%d"}
                  link: {address: "127.0.0.1:0", secret: "sixteen characters and more"}
                admin: {address: "127.0.0.1:0"}
                drain: {spread: 200ms}
                """.formatted(
                        name,
                        MEMBER_PORTS.get(0),
                        MEMBER_PORTS.get(0),
                        MEMBER_PORTS.get(1),
                        MEMBER_PORTS.get(2),
                        MEMBER_PORTS.get(index)));
    }

    private static int port(RunningNode node) {
        String address = node.addresses().get(0).address();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static TestClient join(RunningNode node, Framing framing, SerializerId serializer) throws IOException {
        return TestClient.join(port(node), framing, serializer, "realm1");
    }

    private static TestClient join(RunningNode node) throws IOException {
        return join(node, Framing.RAWSOCKET, SerializerId.MSGPACK);
    }

    private static long register(TestClient callee, String procedure) throws IOException {
        callee.send(new Register(callee.nextRequest(), RegisterOptions.DEFAULT, procedure));
        return callee.expect(Registered.class).registration();
    }

    static Stream<Arguments> languages() {
        return Stream.of(Framing.RAWSOCKET, Framing.WEBSOCKET, Framing.WEBSOCKET_BATCH)
                .flatMap(framing -> Stream.of(SerializerId.values())
                        .filter(serializer -> framing != Framing.WEBSOCKET_BATCH || serializer != SerializerId.UBJSON)
                        .map(serializer -> Arguments.of(framing, serializer)));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void twoNodesAreOneRouterInEveryLanguage(Framing framing, SerializerId serializer) throws IOException {
        try (TestClient here = join(first, framing, serializer);
                TestClient there = join(second)) {
            there.send(new Subscribe(
                    there.nextRequest(), new SubscribeOptions(MatchPolicy.PREFIX, false), "com.example."));
            long subscription = there.expect(Subscribed.class).subscription();
            Map<String, Object> kwargs = Map.of("text", TEXT, "binary", BINARY, "deep", List.of(Map.of("a", 1.5)));
            PublishOptions acknowledged = new PublishOptions(true, true, false, false, null, null);
            here.send(new Publish(
                    here.nextRequest(),
                    acknowledged,
                    "com.example.topic",
                    here.serializer().payload(List.of(TEXT, BINARY, 1L << 53, -1L), kwargs)));
            Event event = there.expect(Event.class);
            assertThat(event.subscription()).isEqualTo(subscription);
            assertThat(event.details().topic()).isEqualTo("com.example.topic");
            assertThat(event.publication())
                    .isEqualTo(here.expect(Published.class).publication());
            assertThat(there.args(event)).containsExactly(TEXT, BINARY, 1L << 53, -1L);
            assertThat(there.serializer().kwargs(event.payload()))
                    .containsEntry("text", TEXT)
                    .containsEntry("binary", BINARY)
                    .containsEntry("deep", List.of(Map.of("a", 1.5)));

            register(there, "com.example.echo");
            here.send(
                    new Call(here.nextRequest(), CallOptions.DEFAULT, "com.example.echo", here.payload(BINARY, TEXT)));
            Invocation invocation = there.expect(Invocation.class);
            there.send(new Yield(invocation.request(), YieldOptions.DEFAULT, invocation.payload()));
            assertThat(here.args(here.expect(Result.class))).containsExactly(BINARY, TEXT);
            here.leave();
        }
    }

    @Test
    void membersAreThoseThatRun() {
        assertThat(first.members()).containsExactly("first", "second");
        assertThat(second.members()).containsExactly("first", "second");
    }

    @Test
    void aProcedureIsRegisteredOnceInTheClusterAndFreeAgainWhenUnregistered() throws IOException {
        try (TestClient here = join(first);
                TestClient there = join(second)) {
            long registration = register(here, "com.example.single");
            there.send(new Register(there.nextRequest(), RegisterOptions.DEFAULT, "com.example.single"));
            assertThat(there.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.procedure_already_exists");
            here.send(new Unregister(here.nextRequest(), registration));
            here.expect(Unregistered.class);
            register(there, "com.example.single");
        }
    }

    @Test
    @Timeout(120)
    void aThirdNodeKnowsEverythingWhenItIsReadyAndTakesOnlyItsOwnClientsWithIt() throws Exception {
        try (TestClient callee = join(first);
                TestClient caller = join(second);
                TestClient watcher = join(second)) {
            subscribe(watcher, "weft.gap");
            subscribe(watcher, "com.example.after.third");
            register(callee, "com.example.before.third");
            RunningNode third = RouterNode.start(config("third", 2));
            try (TestClient newcomer = join(third)) {
                newcomer.send(new Call(
                        newcomer.nextRequest(), CallOptions.DEFAULT, "com.example.before.third", Payload.EMPTY));
                callee.send(new Yield(
                        callee.expect(Invocation.class).request(), YieldOptions.DEFAULT, callee.payload("hi")));
                assertThat(newcomer.args(newcomer.expect(Result.class))).containsExactly("hi");
                register(newcomer, "com.example.of.third");
                caller.send(new Call(caller.nextRequest(), CallOptions.DEFAULT, "com.example.of.third", Payload.EMPTY));
                newcomer.expect(Invocation.class);
            } finally {
                third.stop();
            }
            assertThat(caller.expect(ErrorMessage.class).error())
                    .isIn("wamp.error.canceled", "wamp.error.network_failure");
            register(caller, "com.example.of.third");
            callee.send(new Publish(
                    callee.nextRequest(), PublishOptions.DEFAULT, "com.example.after.third", callee.payload("after")));
            assertThat(watcher.args(watcher.expect(Event.class)))
                    .as("a node that leaves in good order leaves no gap")
                    .containsExactly("after");
        }
    }

    private static void subscribe(TestClient client, String topic) throws IOException {
        client.send(new Subscribe(client.nextRequest(), new SubscribeOptions(MatchPolicy.EXACT, false), topic));
        client.expect(Subscribed.class);
    }

    /** Over real sockets, in another serializer on the other node. */
    @Test
    void sessionsOnBothNodesAreOneRealm() throws IOException {
        try (TestClient watcher = join(first);
                TestClient other = join(second, Framing.WEBSOCKET, SerializerId.JSON);
                TestClient heir = join(second)) {
            subscribe(watcher, "wamp.session.on_leave");
            subscribe(watcher, "com.example.last");
            List<Object> testament = List.of("com.example.last", List.of("bye"), Map.of());
            heir.send(new Call(
                    heir.nextRequest(),
                    CallOptions.DEFAULT,
                    "wamp.session.add_testament",
                    heir.serializer().payload(testament, null)));
            heir.expect(Result.class);
            other.send(new Call(
                    other.nextRequest(), CallOptions.DEFAULT, "wamp.session.kill", other.payload(heir.session())));
            other.expect(Result.class);
            assertThat(heir.expect(Goodbye.class).reason()).isEqualTo("wamp.close.killed");
            List<Object> told = new ArrayList<>();
            // Sessions of other tests may be leaving still.
            while (!told.contains(heir.session())) {
                told.add(watcher.args(watcher.expect(Event.class)).get(0));
            }
            assertThat(told).containsOnlyOnce("bye");
            assertThat(told.indexOf("bye")).isLessThan(told.indexOf(heir.session()));
        }
    }

    @Test
    void aNodeThatIsToldToSaysGoodbyeAndWaitsForTheAnswerBeforeItStops() throws Exception {
        RunningNode alone = RouterNode.start(NodeConfigs.of("""
                listeners: [{address: "127.0.0.1:0"}]
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                drain: {goodbye: true}
                """));
        try (TestClient client = join(alone)) {
            Thread stopping = new Thread(alone::stop);
            stopping.start();
            assertThat(client.expect(Goodbye.class).reason()).isEqualTo("wamp.close.system_shutdown");
            assertThat(stopping.isAlive()).isTrue();
            client.send(new Goodbye(Map.of(), "wamp.close.goodbye_and_out"));
            stopping.join();
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        NodeConfig taken = NodeConfigs.of("""
                listeners: [{name: front, address: "127.0.0.1:%d"}]
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                """.formatted(port(first)));
        assertThatThrownBy(() -> RouterNode.start(taken))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("front")
                .hasMessageContaining(String.valueOf(port(first)));
    }
}
