package dev.weft.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.SimulatedNodes;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Unregistered;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistrationMetaApiTest {
    private final SimulatedNodes nodes = new SimulatedNodes(new Random(9), 3, 2, MetaAccess.FULL);
    private final Caller first = new Caller(nodes, nodes.hello(1, 0, SerializerId.JSON, "registration_revocation"));
    private final Caller second = new Caller(nodes, 2, 1, SerializerId.CBOR);
    private final Caller caller = new Caller(nodes, 0, 0, SerializerId.JSON);

    private long register(Caller callee, MatchPolicy match, InvocationPolicy invoke, String procedure) {
        callee.says(new Register(callee.nextRequest(), new RegisterOptions(match, invoke, false, false), procedure));
        nodes.settle();
        List<Registered> answers = callee.connection().received(Registered.class);
        return answers.get(answers.size() - 1).registration();
    }

    @ParameterizedTest
    @EnumSource(SerializerId.class)
    void everyNodeListsAndDescribesTheRegistrationsOfAll(SerializerId serializer) {
        long exact = register(first, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "com.example.a");
        long prefix = register(second, MatchPolicy.PREFIX, InvocationPolicy.LAST, "com.example");
        long wildcard = register(second, MatchPolicy.WILDCARD, InvocationPolicy.SINGLE, "com..b");
        for (int node = 0; node < 3; node++) {
            Caller asking = new Caller(nodes, node, 1, serializer);
            assertThat(asking.call("wamp.registration.list"))
                    .containsExactly(
                            Map.of("exact", List.of(exact), "prefix", List.of(prefix), "wildcard", List.of(wildcard)));
            assertThat(asking.call("wamp.registration.match", "com.example.a")).containsExactly(exact);
            assertThat(asking.call("wamp.registration.match", "com.example.b")).containsExactly(prefix);
            assertThat(asking.call("wamp.registration.match", "com.other.b")).containsExactly(wildcard);
            assertThat(asking.call("wamp.registration.lookup", "com.example", Map.of("match", "prefix")))
                    .containsExactly(prefix);
            assertThat(asking.call("wamp.registration.get", prefix))
                    .containsExactly(Map.of(
                            "id", prefix,
                            "created", "1970-01-01T00:00:00Z",
                            "uri", "com.example",
                            "match", "prefix",
                            "invoke", "last"));
        }
    }

    @Test
    void calleesAreListedInTheOrderOfRegistration() {
        long id = register(second, MatchPolicy.EXACT, InvocationPolicy.ROUNDROBIN, "com.example.a");
        register(first, MatchPolicy.EXACT, InvocationPolicy.ROUNDROBIN, "com.example.a");
        assertThat(caller.call("wamp.registration.list_callees", id))
                .containsExactly(List.of(second.session(), first.session()));
        assertThat(caller.call("wamp.registration.count_callees", id)).containsExactly(2L);
        nodes.kill(2);
        nodes.settle();
        assertThat(caller.call("wamp.registration.list_callees", id)).containsExactly(List.of(first.session()));
    }

    @Test
    void aRegistrationIsTakenFromACalleeOnAnotherNode() {
        long id = register(first, MatchPolicy.EXACT, InvocationPolicy.ROUNDROBIN, "com.example.a");
        register(second, MatchPolicy.EXACT, InvocationPolicy.ROUNDROBIN, "com.example.a");
        assertThat(caller.call("wamp.registration.remove_callee", id, first.session(), "enough"))
                .isEmpty();
        assertThat(first.connection().received(Unregistered.class))
                .singleElement()
                .satisfies(told -> assertThat(told.revoked()).hasToString("Revocation[id=" + id + ", reason=enough]"));
        assertThat(caller.refused("wamp.registration.remove_callee", id, first.session()))
                .isEqualTo("wamp.error.no_such_session");
        caller.call("wamp.registration.remove_callee", id, second.session());
        assertThat(second.connection().received(Unregistered.class)).isEmpty();
        assertThat(caller.refused("wamp.registration.get", id)).isEqualTo("wamp.error.no_such_registration");
    }

    @Test
    void whatNobodyHoldsIsNotFound() {
        for (String procedure : List.of("get", "list_callees", "count_callees", "remove_callee")) {
            assertThat(caller.refused("wamp.registration." + procedure, 4711L, 1L))
                    .isEqualTo("wamp.error.no_such_registration");
            assertThat(caller.refused("wamp.registration." + procedure, "x", "y"))
                    .isEqualTo("wamp.error.invalid_argument");
        }
        for (String procedure : List.of("match", "lookup")) {
            assertThat(caller.call("wamp.registration." + procedure, "com.example.a"))
                    .isEqualTo(Arrays.asList((Object) null));
            assertThat(caller.refused("wamp.registration." + procedure)).isEqualTo("wamp.error.invalid_argument");
        }
    }
}
