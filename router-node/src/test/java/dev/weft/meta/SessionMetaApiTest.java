package dev.weft.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedNodes;
import dev.weft.transport.CloseReason;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Welcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionMetaApiTest {
    private final SimulatedNodes nodes = new SimulatedNodes(new Random(3), 3, 2, MetaAccess.FULL);
    private Caller caller;
    private List<RecordingConnection> others;

    @BeforeEach
    void joinEverywhere() {
        caller = new Caller(nodes, 0, 0, SerializerId.JSON);
        others = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            for (int loop = 0; loop < 2; loop++) {
                others.add(nodes.join(node, loop, SerializerId.values()[node]));
            }
        }
    }

    private Object[] ids() {
        return others.stream().map(SimulatedNodes::sessionOf).toArray();
    }

    private List<Goodbye> goodbyes() {
        List<Goodbye> goodbyes = new ArrayList<>();
        others.forEach(other -> goodbyes.addAll(other.received(Goodbye.class)));
        return goodbyes;
    }

    @ParameterizedTest
    @EnumSource(SerializerId.class)
    void countListAndGetSpeakOfAllSessionsOnAllNodes(SerializerId serializer) {
        Caller fromThird = new Caller(nodes, 2, 1, serializer);
        assertThat(fromThird.call("wamp.session.count")).containsExactly(8L);
        List<?> listed = (List<?>) fromThird.call("wamp.session.list").get(0);
        assertThat(listed.toArray())
                .contains(ids())
                .contains(caller.session(), fromThird.session())
                .hasSize(8);
        Map<?, ?> details =
                (Map<?, ?>) fromThird.call("wamp.session.get", caller.session()).get(0);
        assertThat(details.get("session")).isEqualTo(caller.session());
        assertThat(details.keySet().stream().map(Object::toString))
                .containsExactlyInAnyOrder("session", "authid", "authrole", "authmethod", "authprovider", "transport");
    }

    @Test
    void rolesFilter() {
        assertThat(caller.call("wamp.session.count", List.of("anonymous", "x"))).containsExactly(7L);
        assertThat(caller.call("wamp.session.count", List.of("x"))).containsExactly(0L);
        assertThat(caller.call("wamp.session.list", List.of())).containsExactly(List.of());
        assertThat(caller.call("wamp.session.count", Arrays.asList((Object) null), Map.of()))
                .containsExactly(7L);
        assertThat(caller.refused("wamp.session.count", "anonymous")).isEqualTo("wamp.error.invalid_argument");
        assertThat(caller.refused("wamp.session.list", List.of(1L))).isEqualTo("wamp.error.invalid_argument");
    }

    @Test
    void aSessionFindsItselfRightAfterWelcome() {
        Caller fresh = new Caller(nodes, nodes.hello(1, 0, SerializerId.JSON));
        fresh.ask("wamp.session.get", List.of(fresh.session()), Map.of());
        nodes.settle();
        assertThat(fresh.connection().received(Result.class)).hasSize(1);
    }

    @Test
    void whoIsNotThereIsNotFound() {
        assertThat(caller.refused("wamp.session.get", 1L)).isEqualTo("wamp.error.no_such_session");
        assertThat(caller.refused("wamp.session.kill", 1L)).isEqualTo("wamp.error.no_such_session");
        assertThat(caller.refused("wamp.session.get")).isEqualTo("wamp.error.invalid_argument");
        assertThat(caller.refused("wamp.session.get", "1")).isEqualTo("wamp.error.invalid_argument");
        assertThat(caller.refused("wamp.session.get", 0L)).isEqualTo("wamp.error.invalid_argument");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void aKilledSessionOnAnyNodeIsToldWhyAndIsGoneEverywhere(int victim) {
        RecordingConnection other = others.get(victim);
        List<Object> args = List.of(SimulatedNodes.sessionOf(other));
        assertThat(caller.call("wamp.session.kill", args, Map.of("reason", "com.example.enough", "message", "go")))
                .isEmpty();
        assertThat(goodbyes()).containsExactly(new Goodbye(Map.of("message", "go"), "com.example.enough"));
        assertThat(other.isClosed()).isFalse();
        nodes.on(other, () -> other.says(new Goodbye(Map.of(), "wamp.close.goodbye_and_out")));
        assertThat(other.closed()).isEqualTo(CloseReason.KILLED);
        assertThat(caller.call("wamp.session.count")).containsExactly(6L);
        assertThat(caller.refused("wamp.session.kill", args, Map.of())).isEqualTo("wamp.error.no_such_session");
    }

    @Test
    void nobodyKillsItself() {
        assertThat(caller.refused("wamp.session.kill", caller.session())).isEqualTo("wamp.error.no_such_session");
        assertThat(caller.call("wamp.session.kill_all")).containsExactly(6L);
        assertThat(goodbyes()).hasSize(6).containsOnly(new Goodbye(Map.of(), "wamp.close.killed"));
        assertThat(caller.call("wamp.session.list")).containsExactly(List.of(caller.session()));
    }

    @Test
    void manyAreKilledByTheirAuthidOrRole() {
        Map<?, ?> details =
                (Map<?, ?>) caller.call("wamp.session.get", ids()[5]).get(0);
        assertThat(caller.call("wamp.session.kill_by_authid", details.get("authid")))
                .containsExactly(List.of(ids()[5]));
        assertThat(caller.call("wamp.session.kill_by_authrole", "nobody")).containsExactly(0L);
        assertThat(caller.call("wamp.session.kill_by_authrole", "anonymous")).containsExactly(5L);
        assertThat(goodbyes()).hasSize(6);
    }

    @Test
    void aReasonThatIsNoUriKillsNobody() {
        for (Object reason : new Object[] {"", "no uri", "a..b", 7L}) {
            assertThat(caller.refused("wamp.session.kill_all", List.of(), Map.of("reason", reason)))
                    .isEqualTo("wamp.error.invalid_uri");
        }
        assertThat(caller.refused("wamp.session.kill_all", List.of(), Map.of("message", 7L)))
                .isEqualTo("wamp.error.invalid_argument");
        assertThat(caller.refused("wamp.session.kill_by_authid")).isEqualTo("wamp.error.invalid_argument");
        assertThat(caller.refused("wamp.session.kill_by_authrole", 1L)).isEqualTo("wamp.error.invalid_argument");
        assertThat(goodbyes()).isEmpty();
    }

    @Test
    void whoMayReadDoesNotKill() {
        SimulatedNodes reading = new SimulatedNodes(new Random(3), 1, 2, MetaAccess.READ);
        Caller reader = new Caller(reading, 0, 0, SerializerId.JSON);
        RecordingConnection other = reading.join(0, 1, SerializerId.JSON);
        assertThat(reader.call("wamp.session.count")).containsExactly(2L);
        for (String procedure : List.of("kill", "kill_by_authid", "kill_by_authrole", "kill_all")) {
            assertThat(reader.refused("wamp.session." + procedure, SimulatedNodes.sessionOf(other)))
                    .isEqualTo("wamp.error.not_authorized");
        }
        assertThat(other.received(Goodbye.class)).isEmpty();
    }

    @Test
    void whereTheMetaApiIsOffThereAreNoSuchProcedures() {
        SimulatedNodes silent = new SimulatedNodes(new Random(3), 1, 1, MetaAccess.OFF);
        Caller client = new Caller(silent, 0, 0, SerializerId.JSON);
        for (String procedure : List.of("count", "list", "get", "kill", "kill_all", "nonsense")) {
            assertThat(client.refused("wamp.session." + procedure, client.session()))
                    .isEqualTo("wamp.error.no_such_procedure");
        }
        assertThat(client.call("wamp.session.flush_testaments")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(MetaAccess.class)
    void welcomeAnnouncesWhatThereIs(MetaAccess access) {
        SimulatedNodes some = new SimulatedNodes(new Random(3), 1, 1, access);
        Welcome welcome =
                some.join(0, 0, SerializerId.JSON).received(Welcome.class).get(0);
        Map<?, ?> roles = (Map<?, ?>) welcome.details().get("roles");
        boolean told = access != MetaAccess.OFF;
        assertThat(features(roles, "broker").containsKey("session_meta_api")).isEqualTo(told);
        assertThat(features(roles, "dealer").containsKey("session_meta_api")).isEqualTo(told);
        assertThat(features(roles, "dealer")).containsKey("testament_meta_api");
        assertThat(features(roles, "broker").containsKey("subscription_meta_api"))
                .isEqualTo(told);
        assertThat(features(roles, "dealer").containsKey("registration_meta_api"))
                .isEqualTo(told);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> features(Map<?, ?> roles, String role) {
        return (Map<String, ?>) ((Map<?, ?>) roles.get(role)).get("features");
    }

    @Test
    void aPatternOfAClientDoesNotTakeTheRoutersOwnProcedures() {
        Caller greedy = new Caller(nodes, 0, 1, SerializerId.JSON);
        RegisterOptions options = new RegisterOptions(MatchPolicy.PREFIX, InvocationPolicy.SINGLE, false, false);
        greedy.says(new Register(greedy.nextRequest(), options, ""));
        nodes.settle();
        assertThat(greedy.connection().received(Registered.class)).hasSize(1);
        assertThat(caller.call("wamp.session.count")).containsExactly(8L);
        assertThat(caller.refused("wamp.nonsense")).isEqualTo("wamp.error.no_such_procedure");
    }

    @Test
    void whatIsLongerThanTheCallerAcceptsIsRefused() {
        caller.connection().limit(120);
        assertThat(caller.refused("wamp.session.list")).isEqualTo("wamp.error.payload_size_exceeded");
    }
}
