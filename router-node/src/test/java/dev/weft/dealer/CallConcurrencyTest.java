package dev.weft.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.session.SessionLimits;
import dev.weft.testkit.SimulatedClient;
import dev.weft.testkit.SimulatedCluster;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Callees that take only so many calls at once, on two nodes of two event loops. */
class CallConcurrencyTest {
    private static final Map<String, Object> FEATURES =
            Map.of("call_canceling", true, "progressive_call_invocations", true);
    private static final int MOST_WAITING = 3;

    private final SimulatedCluster cluster =
            new SimulatedCluster(new Random(7), 2, new SessionLimits(9, 9, 99, MOST_WAITING, 1000, 1000));

    private SimulatedClient join(int node, int loop) {
        return new SimulatedClient(cluster, node, loop, SerializerId.JSON, FEATURES);
    }

    private static RegisterOptions atOnce(int concurrency, InvocationPolicy invoke) {
        return new RegisterOptions(MatchPolicy.EXACT, invoke, false, false, concurrency);
    }

    private static List<Object> waitingToBeTaken(SimulatedClient callee) {
        return callee.connection().received(Invocation.class).stream()
                .map(invocation -> callee.args(invocation).get(0))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "1, 0"})
    void furtherCallsWaitAndBeginInOrderAsOthersEnd(int node, int loop) {
        SimulatedClient callee = join(node, loop);
        callee.registers("p.q", atOnce(2, InvocationPolicy.SINGLE));
        SimulatedClient caller = join(0, 0);
        for (long i = 1; i <= 5; i++) {
            caller.calls("p.q", CallOptions.DEFAULT, i);
        }
        assertThat(waitingToBeTaken(callee)).containsExactly(1L, 2L);
        Invocation first = callee.take(Invocation.class);
        Invocation second = callee.take(Invocation.class);
        callee.yields(second, 2L);
        assertThat(caller.args(caller.take(Result.class))).containsExactly(2L);
        assertThat(waitingToBeTaken(callee)).containsExactly(3L);
        callee.yields(first, 1L);
        assertThat(waitingToBeTaken(callee)).containsExactly(3L, 4L);
        callee.yields(callee.take(Invocation.class), 3L);
        callee.yields(callee.take(Invocation.class), 4L);
        callee.yields(callee.take(Invocation.class), 5L);
        assertThat(caller.connection().received(Result.class)).hasSize(4);
        assertThat(cluster.tally(InvocationTally.QUEUED)).isEqualTo(3);
    }

    @Test
    void whatIsRegisteredWithoutALimitAndOtherProceduresDoNotWait() {
        SimulatedClient callee = join(1, 0);
        callee.registers("p.q", atOnce(1, InvocationPolicy.SINGLE));
        callee.registers("p.r", RegisterOptions.DEFAULT);
        SimulatedClient caller = join(0, 0);
        caller.calls("p.q", CallOptions.DEFAULT, 1L);
        caller.calls("p.q", CallOptions.DEFAULT, 2L);
        caller.calls("p.r", CallOptions.DEFAULT, 3L);
        caller.calls("p.r", CallOptions.DEFAULT, 4L);
        assertThat(waitingToBeTaken(callee)).containsExactly(1L, 3L, 4L);
    }

    @Test
    void whenAsManyWaitAsMayTheNextOneGoesToAnotherCalleeAndThenFails() {
        SimulatedClient busy = join(1, 0);
        busy.registers("p.q", atOnce(1, InvocationPolicy.FIRST));
        SimulatedClient idle = join(0, 1);
        idle.registers("p.q", atOnce(1, InvocationPolicy.FIRST));
        SimulatedClient caller = join(0, 0);
        for (long i = 0; i < 2 * (1 + MOST_WAITING); i++) {
            caller.calls("p.q", CallOptions.DEFAULT, i);
        }
        assertThat(waitingToBeTaken(busy)).containsExactly(0L);
        assertThat(waitingToBeTaken(idle)).containsExactly(1L + MOST_WAITING);
        caller.gotNothing();
        caller.calls("p.q", CallOptions.DEFAULT, -1L);
        assertThat(caller.takeError()).isEqualTo("wamp.error.no_available_callee");
        assertThat(cluster.tally(InvocationTally.QUEUE_FULL)).isEqualTo(MOST_WAITING + 1 + 2);
    }

    @ParameterizedTest
    @EnumSource(CancelMode.class)
    void aCallThatWaitsEndsWhenItsCallerCancelsAndIsNeverInvoked(CancelMode mode) {
        SimulatedClient callee = join(1, 0);
        callee.registers("p.q", atOnce(1, InvocationPolicy.SINGLE));
        SimulatedClient caller = join(0, 0);
        caller.calls("p.q", CallOptions.DEFAULT, 1L);
        long waiting = caller.calls("p.q", CallOptions.DEFAULT, 2L);
        caller.says(new Cancel(waiting, mode));
        assertThat(caller.takeError()).isEqualTo("wamp.error.canceled");
        callee.yields(callee.take(Invocation.class), 1L);
        caller.take(Result.class);
        callee.gotNothing();
        caller.calls("p.q", CallOptions.DEFAULT, 3L);
        assertThat(waitingToBeTaken(callee)).containsExactly(3L);
    }

    @Test
    void aCallThatWaitsEndsInTimeAndWhenItsCallerLeaves() {
        SimulatedClient callee = join(1, 0);
        callee.registers("p.q", atOnce(1, InvocationPolicy.SINGLE));
        SimulatedClient caller = join(0, 0);
        SimulatedClient leaving = join(0, 1);
        caller.calls("p.q", CallOptions.DEFAULT, 1L);
        caller.calls("p.q", new CallOptions(false, false, 100, false, null), 2L);
        leaving.calls("p.q", CallOptions.DEFAULT, 3L);
        caller.calls("p.q", CallOptions.DEFAULT, 4L);
        leaving.leaves();
        cluster.advance(110);
        cluster.settle();
        assertThat(caller.takeError()).isEqualTo("wamp.error.timeout");
        callee.yields(callee.take(Invocation.class), 1L);
        assertThat(waitingToBeTaken(callee)).containsExactly(4L);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whenTheCalleeGoesTheCallsThatWaitGoToAnotherOne(boolean leaves) {
        SimulatedClient busy = join(1, 0);
        long registration = busy.registers("p.q", atOnce(1, InvocationPolicy.FIRST));
        SimulatedClient other = join(0, 1);
        other.registers("p.q", atOnce(0, InvocationPolicy.FIRST));
        SimulatedClient caller = join(0, 0);
        for (long i = 1; i <= 3; i++) {
            caller.calls("p.q", CallOptions.DEFAULT, i);
        }
        if (leaves) {
            busy.leaves();
            assertThat(caller.takeError()).isEqualTo("wamp.error.canceled");
        } else {
            busy.says(new Unregister(busy.next(), registration));
            busy.yields(busy.take(Invocation.class), 1L);
            busy.take(Unregistered.class);
            caller.take(Result.class);
            busy.gotNothing();
        }
        assertThat(waitingToBeTaken(other)).containsExactly(2L, 3L);
        caller.gotNothing();
    }

    @Test
    void whenTheLinkBreaksTheCallsOfTheOtherNodeWaitNoMore() {
        SimulatedClient callee = join(1, 0);
        callee.registers("p.q", atOnce(1, InvocationPolicy.SINGLE));
        SimulatedClient far = join(0, 0);
        SimulatedClient near = join(1, 1);
        far.calls("p.q", CallOptions.DEFAULT, 1L);
        far.calls("p.q", CallOptions.DEFAULT, 2L);
        near.calls("p.q", CallOptions.DEFAULT, 3L);
        cluster.cutLink();
        cluster.settle();
        assertThat(far.takeError()).isEqualTo("wamp.error.network_failure");
        assertThat(far.takeError()).isEqualTo("wamp.error.network_failure");
        callee.take(Invocation.class);
        callee.take(Interrupt.class);
        assertThat(waitingToBeTaken(callee)).containsExactly(3L);
    }

    @Test
    void aCallInChunksWaitsWithAllOfThem() {
        SimulatedClient callee = join(1, 0);
        callee.registers("p.q", atOnce(1, InvocationPolicy.SINGLE));
        SimulatedClient caller = join(0, 0);
        caller.calls("p.q", CallOptions.DEFAULT, 0L);
        long request = caller.calls("p.q", new CallOptions(false, true, 0, false, null), 1L);
        caller.says(new Call(request, CallOptions.DEFAULT, "p.q", caller.payload(2L)));
        callee.yields(callee.take(Invocation.class), 0L);
        caller.take(Result.class);
        Invocation first = callee.take(Invocation.class);
        Invocation second = callee.take(Invocation.class);
        assertThat(callee.args(first)).containsExactly(1L);
        assertThat(first.details().progress()).isTrue();
        assertThat(callee.args(second)).containsExactly(2L);
        assertThat(second.details().progress()).isFalse();
        assertThat(second.request()).isEqualTo(first.request());
    }

    @Test
    void aCalleeThatCannotBeInterruptedCountsAsBusyUntilItAnswers() {
        SimulatedClient callee = new SimulatedClient(cluster, 1, 0, SerializerId.JSON, Map.of());
        callee.registers("p.q", atOnce(1, InvocationPolicy.SINGLE));
        SimulatedClient caller = join(0, 0);
        long request = caller.calls("p.q", CallOptions.DEFAULT, 1L);
        caller.calls("p.q", CallOptions.DEFAULT, 2L);
        caller.says(new Cancel(request, CancelMode.KILLNOWAIT));
        assertThat(caller.takeError()).isEqualTo("wamp.error.canceled");
        Invocation skipped = callee.take(Invocation.class);
        callee.gotNothing();
        callee.yields(skipped, 1L);
        assertThat(waitingToBeTaken(callee)).containsExactly(2L);
        caller.gotNothing();
    }

    @Test
    void aCallThatIsTooLongForTheCalleeDoesNotHoldUpTheNext() {
        SimulatedClient callee = join(1, 0);
        callee.registers("p.q", atOnce(1, InvocationPolicy.SINGLE));
        SimulatedClient caller = join(0, 0);
        caller.calls("p.q", CallOptions.DEFAULT, 1L);
        caller.calls("p.q", CallOptions.DEFAULT, "x".repeat(1000));
        caller.calls("p.q", CallOptions.DEFAULT, 2L);
        callee.connection().limit(500);
        callee.yields(callee.take(Invocation.class), 1L);
        caller.take(Result.class);
        assertThat(caller.takeError()).isEqualTo("wamp.error.payload_size_exceeded");
        assertThat(waitingToBeTaken(callee)).containsExactly(2L);
    }
}
