package dev.weft.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.session.SessionLimits;
import dev.weft.testkit.SimulatedClient;
import dev.weft.testkit.SimulatedCluster;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callees that are unavailable, and those that time their invocations themselves, on two nodes of two event loops. */
class CallReroutingTest {
    private static final Map<String, Object> FEATURES = Map.of("call_reroute", true, "call_timeout", true);
    private static final Map<String, Object> CANCELING = Map.of("call_canceling", true);

    private final SimulatedCluster cluster = new SimulatedCluster(new Random(7), 2, SessionLimits.DEFAULT);

    private SimulatedClient join(int node, int loop, Map<String, Object> features) {
        return new SimulatedClient(cluster, node, loop, SerializerId.JSON, features);
    }

    private List<SimulatedClient> shared(InvocationPolicy invoke) {
        List<SimulatedClient> callees = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            SimulatedClient callee = join(i % 2, i / 2, FEATURES);
            callee.registers("p.q", new RegisterOptions(MatchPolicy.EXACT, invoke, false, false));
            callees.add(callee);
        }
        return callees;
    }

    private static void isUnavailable(SimulatedClient callee) {
        fails(callee, callee.take(Invocation.class), "wamp.error.unavailable");
    }

    private static void fails(SimulatedClient callee, Invocation invocation, String error) {
        callee.says(new ErrorMessage(
                MessageType.INVOCATION, invocation.request(), ErrorDetails.DEFAULT, error, Payload.EMPTY));
    }

    @ParameterizedTest
    @CsvSource({"ROUNDROBIN, 012", "FIRST, 012", "LAST, 210"})
    void theNextCalleeByThePolicyGetsTheCallUntilAllWereAsked(InvocationPolicy invoke, String order) {
        List<SimulatedClient> callees = shared(invoke);
        SimulatedClient caller = join(0, 0, Map.of());
        caller.calls("p.q", CallOptions.DEFAULT, "payload");
        for (int i = 0; i < 3; i++) {
            SimulatedClient asked = callees.get(order.charAt(i) - '0');
            assertThat(asked.args(asked.connection().received(Invocation.class).get(0)))
                    .as("turn " + i)
                    .containsExactly("payload");
            caller.gotNothing();
            isUnavailable(asked);
        }
        assertThat(caller.takeError()).isEqualTo("wamp.error.no_available_callee");
        callees.forEach(SimulatedClient::gotNothing);
        assertThat(cluster.tally(InvocationTally.GIVEN_BACK)).isEqualTo(3);
        assertThat(cluster.tally(DealerTally.ROUTED_LOCAL)).isEqualTo(2);
        assertThat(cluster.tally(DealerTally.ROUTED_REMOTE)).isEqualTo(1);
    }

    @Test
    void atRandomEachIsAskedOnce() {
        List<SimulatedClient> callees = shared(InvocationPolicy.RANDOM);
        SimulatedClient caller = join(1, 1, Map.of());
        caller.calls("p.q", CallOptions.DEFAULT);
        for (int i = 0; i < 2; i++) {
            isUnavailable(callees.stream()
                    .filter(callee -> !callee.connection().received().isEmpty())
                    .findFirst()
                    .orElseThrow());
        }
        SimulatedClient last = callees.stream()
                .filter(callee -> !callee.connection().received().isEmpty())
                .findFirst()
                .orElseThrow();
        last.yields(last.take(Invocation.class), 1L);
        assertThat(caller.args(caller.take(Result.class))).containsExactly(1L);
    }

    @Test
    void theOnlyCalleeOfAProcedureIsNotReplacedByAPattern() {
        SimulatedClient only = join(1, 0, FEATURES);
        only.registers("p.q", RegisterOptions.DEFAULT);
        SimulatedClient pattern = join(0, 1, FEATURES);
        pattern.registers("p", new RegisterOptions(MatchPolicy.PREFIX, InvocationPolicy.SINGLE, false, false));
        SimulatedClient caller = join(0, 0, Map.of());
        caller.calls("p.q", CallOptions.DEFAULT);
        isUnavailable(only);
        assertThat(caller.takeError()).isEqualTo("wamp.error.no_available_callee");
        pattern.gotNothing();
    }

    @Test
    void theErrorOfACalleeThatHasNotAnnouncedItOrHasBegunReachesTheCaller() {
        SimulatedClient plain = join(1, 0, Map.of());
        plain.registers("p.q", RegisterOptions.DEFAULT);
        SimulatedClient able = join(1, 1, FEATURES);
        able.registers("p.r", RegisterOptions.DEFAULT);
        SimulatedClient caller = join(0, 0, Map.of());
        caller.calls("p.q", CallOptions.DEFAULT);
        isUnavailable(plain);
        assertThat(caller.takeError()).isEqualTo("wamp.error.unavailable");
        caller.calls("p.r", new CallOptions(true, false, 0, false, null));
        Invocation begun = able.take(Invocation.class);
        able.says(new Yield(begun.request(), new YieldOptions(true, null), Payload.EMPTY));
        caller.take(Result.class);
        fails(able, begun, "wamp.error.unavailable");
        assertThat(caller.takeError()).isEqualTo("wamp.error.unavailable");
    }

    @Test
    void aCalleeThatAskedForItGetsTheTimeoutAndIsWaitedForALittleLonger() {
        SimulatedClient callee = join(1, 0, FEATURES);
        callee.registers("p.q", new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.SINGLE, false, true));
        SimulatedClient caller = join(0, 0, Map.of());
        CallOptions timeout = new CallOptions(false, false, 100, false, null);
        caller.calls("p.q", timeout);
        Invocation invocation = callee.take(Invocation.class);
        assertThat(invocation.details().timeout()).isEqualTo(100);
        cluster.advance(500);
        cluster.settle();
        caller.gotNothing();
        fails(callee, invocation, "wamp.error.timeout");
        assertThat(caller.takeError()).isEqualTo("wamp.error.timeout");

        caller.calls("p.q", timeout);
        callee.take(Invocation.class);
        cluster.advance(110);
        cluster.settle();
        cluster.advance(1_000);
        cluster.settle();
        assertThat(caller.takeError()).as("also if the callee never says so").isEqualTo("wamp.error.timeout");
    }

    @Test
    void otherCalleesAreTimedByTheRouterAndNotTold() {
        SimulatedClient asking = join(1, 0, CANCELING);
        asking.registers("p.q", new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.SINGLE, false, true));
        SimulatedClient able = join(1, 1, FEATURES);
        able.registers("p.r", RegisterOptions.DEFAULT);
        SimulatedClient caller = join(0, 0, Map.of());
        for (String procedure : List.of("p.q", "p.r")) {
            caller.calls(procedure, new CallOptions(false, false, 100, false, null));
            SimulatedClient callee = procedure.equals("p.q") ? asking : able;
            assertThat(callee.take(Invocation.class).details().timeout()).isZero();
            cluster.advance(110);
            cluster.settle();
            assertThat(caller.takeError()).isEqualTo("wamp.error.timeout");
        }
    }
}
