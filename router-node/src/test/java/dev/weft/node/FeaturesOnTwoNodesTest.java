package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Identity;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Ppt;
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
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
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
    private static final String REALMS = TwoNodes.OPEN_REALM + """
            - uri: discreet
              auth: {methods: [anonymous]}
              roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
              disclosure: refuse
            - uri: open
              auth: {methods: [anonymous]}
              roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
              disclosure: always
              trust-levels: [{authrole: anonymous, level: 2}]
            - uri: mixed
              auth: {methods: [anonymous]}
              disclosure: refuse
              roles:
              - name: anonymous
                permissions:
                - {uri: "", match: prefix, allow: [call, register, publish, subscribe]}
                - {uri: com.example.open., match: prefix, allow: [call, register, publish, subscribe], disclosure: always}
                - {uri: com.example.open.asked., match: prefix, allow: [call, register, publish, subscribe], disclosure: allow}
            """;

    private static TwoNodes nodes;

    @BeforeAll
    static void startTwoNodes() throws Exception {
        nodes = TwoNodes.start(REALMS);
    }

    @AfterAll
    static void stopBoth() {
        nodes.close();
    }

    private static TestClient join(int node, SerializerId serializer, String realm, String... features)
            throws IOException {
        Framing framing = serializer == SerializerId.JSON ? Framing.WEBSOCKET : Framing.RAWSOCKET;
        return TestClient.join(nodes.port(node), framing, serializer, realm, features);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(SerializerId.values())
                .flatMap(one -> Stream.of(SerializerId.values()).map(other -> Arguments.of(one, other)));
    }

    /** Another one in each test: the client of the one before may be leaving still. */
    private static String uri(String name, SerializerId one, SerializerId other) {
        return "com.example." + name + "." + one.name() + "." + other.name();
    }

    private static long register(TestClient callee, String procedure, RegisterOptions options) throws IOException {
        callee.send(new Register(callee.nextRequest(), options, procedure));
        return callee.expect(Registered.class).registration();
    }

    private static void subscribe(TestClient client, String topic) throws IOException {
        client.send(new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, topic));
        client.expect(Subscribed.class);
    }

    @Test
    void whatPermissionsSayAboutDisclosureHoldsForTheirUrisAndTheRealmsForOthers() throws IOException {
        try (TestClient here = join(0, SerializerId.JSON, "mixed");
                TestClient there = join(1, SerializerId.CBOR, "mixed")) {
            assertThat(here.isAnnounced("dealer", "caller_identification")).isTrue();
            CallOptions asking = new CallOptions(false, false, 0, true, null);
            String open = "com.example.open.always";
            String asked = "com.example.open.asked.for";
            String closed = "com.example.closed";
            for (String uri : List.of(open, asked, closed)) {
                register(there, uri, RegisterOptions.DEFAULT);
                subscribe(there, uri);
            }
            assertThat(callerToldOf(here, there, open, CallOptions.DEFAULT)).isEqualTo(here.session());
            assertThat(callerToldOf(here, there, asked, CallOptions.DEFAULT)).isZero();
            assertThat(callerToldOf(here, there, asked, asking)).isEqualTo(here.session());
            assertThat(callerToldOf(here, there, closed, CallOptions.DEFAULT)).isZero();
            here.send(new Call(here.nextRequest(), asking, closed, here.payload()));
            assertThat(here.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.option_disallowed.disclose_me");
            here.send(new Publish(here.nextRequest(), PublishOptions.DEFAULT, closed, here.payload()));
            here.send(new Publish(here.nextRequest(), PublishOptions.DEFAULT, open, here.payload()));
            assertThat(there.expect(Event.class).details().publisher()).isNull();
            Identity publisher = there.expect(Event.class).details().publisher();
            assertThat(publisher).isNotNull();
            assertThat(publisher.session()).isEqualTo(here.session());
        }
    }

    /** 0 if the callee is told nothing. */
    private static long callerToldOf(TestClient caller, TestClient callee, String procedure, CallOptions options)
            throws IOException {
        caller.send(new Call(caller.nextRequest(), options, procedure, caller.payload()));
        Invocation invocation = callee.expect(Invocation.class);
        callee.send(new Yield(invocation.request(), YieldOptions.DEFAULT, callee.payload()));
        caller.expect(Result.class);
        Identity told = invocation.details().caller();
        return told == null ? 0 : told.session();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whoCallsAndPublishesIsDisclosedOnTheOtherNode(SerializerId one, SerializerId other) throws IOException {
        String uri = uri("who", one, other);
        try (TestClient here = join(0, one, "realm1");
                TestClient there = join(1, other, "realm1")) {
            assertThat(here.isAnnounced("dealer", "caller_identification")).isTrue();
            assertThat(here.isAnnounced("broker", "publisher_identification")).isTrue();
            assertThat(here.isAnnounced("dealer", "call_trustlevels")).isFalse();
            register(there, uri, RegisterOptions.DEFAULT);
            subscribe(there, uri);
            here.send(new Call(here.nextRequest(), new CallOptions(false, false, 0, true, null), uri, here.payload()));
            Identity caller = there.expect(Invocation.class).details().caller();
            assertThat(caller).isNotNull();
            assertThat(caller.session()).isEqualTo(here.session());
            assertThat(caller.authrole()).isEqualTo("anonymous");
            here.send(new Publish(
                    here.nextRequest(),
                    new PublishOptions(true, true, true, false, null, null),
                    uri,
                    here.payload(1L)));
            here.expect(Published.class);
            Event event = there.expect(Event.class);
            assertThat(event.details().publisher()).isEqualTo(caller);
            assertThat(there.args(event)).containsExactly(1L);
        }
    }

    @Test
    void aCalleeThatAsksWhenItRegistersIsToldOnWhicheverNodeTheCallerIs() throws IOException {
        try (TestClient here = join(0, SerializerId.CBOR, "realm1");
                TestClient there = join(1, SerializerId.JSON, "realm1")) {
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
        try (TestClient client = join(0, SerializerId.MSGPACK, "discreet")) {
            assertThat(client.isAnnounced("dealer", "caller_identification")).isFalse();
            client.send(new Call(
                    client.nextRequest(), new CallOptions(false, false, 0, true, null), "a.b", client.payload()));
            assertThat(client.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.option_disallowed.disclose_me");
        }
        try (TestClient here = join(0, SerializerId.MSGPACK, "open");
                TestClient there = join(1, SerializerId.JSON, "open")) {
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

    private static final String[] EVERYTHING = {
        "progressive_call_invocations",
        "progressive_call_results",
        "call_canceling",
        "call_timeout",
        "call_reroute",
        "payload_passthru_mode"
    };

    @ParameterizedTest
    @MethodSource("pairs")
    void aCallInChunksReachesOneCalleeOnTheOtherNode(SerializerId one, SerializerId other) throws IOException {
        String uri = uri("upload", one, other);
        try (TestClient here = join(0, one, "realm1", EVERYTHING);
                TestClient there = join(1, other, "realm1", EVERYTHING)) {
            assertThat(here.isAnnounced("dealer", "progressive_call_invocations"))
                    .isTrue();
            register(there, uri, RegisterOptions.DEFAULT);
            long request = here.nextRequest();
            for (long chunk = 1; chunk <= 3; chunk++) {
                CallOptions options = new CallOptions(false, chunk < 3, 0, false, null);
                here.send(new Call(request, options, uri, here.payload(chunk)));
            }
            for (long chunk = 1; chunk <= 3; chunk++) {
                Invocation invocation = there.expect(Invocation.class);
                assertThat(invocation.request()).isEqualTo(1);
                assertThat(invocation.details().progress()).isEqualTo(chunk < 3);
                assertThat(there.args(invocation)).containsExactly(chunk);
            }
            there.send(new Yield(1, YieldOptions.DEFAULT, there.payload("all")));
            assertThat(here.args(here.expect(Result.class))).containsExactly("all");
        }
    }

    @Test
    void aCalleeThatIsUnavailableIsReplacedByOneOnTheOtherNode() throws IOException {
        try (TestClient here = join(0, SerializerId.JSON, "realm1", EVERYTHING);
                TestClient there = join(1, SerializerId.CBOR, "realm1", EVERYTHING);
                TestClient caller = join(0, SerializerId.MSGPACK, "realm1")) {
            assertThat(here.isAnnounced("dealer", "call_reroute")).isTrue();
            RegisterOptions shared = new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.LAST, false, false);
            register(here, "com.example.busy", shared);
            register(there, "com.example.busy", shared);
            caller.send(
                    new Call(caller.nextRequest(), CallOptions.DEFAULT, "com.example.busy", caller.payload("work")));
            for (TestClient callee : List.of(there, here)) {
                Invocation invocation = callee.expect(Invocation.class);
                assertThat(callee.args(invocation)).containsExactly("work");
                callee.send(new ErrorMessage(
                        MessageType.INVOCATION,
                        invocation.request(),
                        ErrorDetails.DEFAULT,
                        "wamp.error.unavailable",
                        Payload.EMPTY));
            }
            assertThat(caller.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.no_available_callee");
        }
    }

    @Test
    void callsFromBothNodesWaitForACalleeThatTakesOneAtATime() throws IOException {
        try (TestClient here = join(0, SerializerId.JSON, "realm1");
                TestClient there = join(1, SerializerId.CBOR, "realm1", EVERYTHING)) {
            register(
                    there,
                    "com.example.one",
                    new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.SINGLE, false, false, 1));
            for (long i = 1; i <= 20; i++) {
                here.send(new Call(here.nextRequest(), CallOptions.DEFAULT, "com.example.one", here.payload(i)));
            }
            for (long i = 1; i <= 20; i++) {
                Invocation invocation = there.expect(Invocation.class);
                assertThat(there.args(invocation)).containsExactly(i);
                there.send(new Yield(invocation.request(), YieldOptions.DEFAULT, there.payload(i)));
                assertThat(here.args(here.expect(Result.class))).containsExactly(i);
            }
        }
    }

    @Test
    void theTimeoutIsForwardedToACalleeOnTheOtherNodeThatAskedForIt() throws IOException {
        try (TestClient here = join(0, SerializerId.JSON, "realm1");
                TestClient there = join(1, SerializerId.CBOR, "realm1", EVERYTHING)) {
            register(
                    there,
                    "com.example.timed",
                    new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.SINGLE, false, true));
            here.send(new Call(
                    here.nextRequest(),
                    new CallOptions(false, false, 60_000, false, null),
                    "com.example.timed",
                    here.payload()));
            assertThat(there.expect(Invocation.class).details().timeout()).isEqualTo(60_000);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void anOpaquePayloadPassesThroughBothNodesAsItIs(SerializerId one, SerializerId other) throws IOException {
        String uri = uri("secret", one, other);
        Ppt ppt = new Ppt("x_mine", "custom", null, "key");
        byte[] opaque = {0, 'A', 'Q', '=', '=', (byte) 0xff, (byte) 0xc0, 0x1e, '"'};
        try (TestClient here = join(0, one, "realm1", EVERYTHING);
                TestClient there = join(1, other, "realm1", EVERYTHING)) {
            assertThat(here.isAnnounced("dealer", "payload_passthru_mode")).isTrue();
            assertThat(here.isAnnounced("broker", "payload_passthru_mode")).isTrue();
            register(there, uri, RegisterOptions.DEFAULT);
            subscribe(there, uri);
            here.send(new Publish(
                    here.nextRequest(),
                    new PublishOptions(true, true, false, false, null, ppt),
                    uri,
                    here.payload((Object) opaque)));
            here.expect(Published.class);
            Event event = there.expect(Event.class);
            assertThat(event.details().ppt()).isEqualTo(ppt);
            assertThat(there.args(event)).containsExactly((Object) opaque);
            here.send(new Call(
                    here.nextRequest(), new CallOptions(false, false, 0, false, ppt), uri, here.payload((Object)
                            opaque)));
            Invocation invocation = there.expect(Invocation.class);
            assertThat(invocation.details().ppt()).isEqualTo(ppt);
            there.send(new Yield(invocation.request(), new YieldOptions(false, ppt), invocation.payload()));
            Result result = here.expect(Result.class);
            assertThat(result.details().ppt()).isEqualTo(ppt);
            assertThat(here.args(result)).containsExactly((Object) opaque);
        }
    }
}
