package dev.weft.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.session.SessionLimits;
import dev.weft.testkit.SimulatedClient;
import dev.weft.testkit.SimulatedCluster;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Cancel;
import dev.weft.wamp.CancelMode;
import dev.weft.wamp.ErrorDetails;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Interrupt;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that come in chunks, on two nodes of two event loops ("Progressive Call Invocations"). */
class ProgressiveInvocationsTest {
    private static final Map<String, Object> CHUNKS =
            Map.of("progressive_call_invocations", true, "call_canceling", true, "progressive_call_results", true);
    private static final CallOptions MORE = new CallOptions(false, true, 0, false, null);
    private static final CallOptions LAST = CallOptions.DEFAULT;

    private SimulatedCluster cluster = new SimulatedCluster(new Random(7), 2, SessionLimits.DEFAULT);

    private SimulatedClient join(int node, int loop) {
        return new SimulatedClient(cluster, node, loop, SerializerId.MSGPACK, CHUNKS);
    }

    private static void sends(SimulatedClient caller, long request, CallOptions options, Object arg) {
        caller.says(new Call(request, options, "p.q", caller.payload(arg)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "1, 0", "1, 1"})
    void allChunksGoToOneCalleeUnderOneRequestId(int node, int loop) {
        SimulatedClient caller = join(0, 0);
        SimulatedClient callee = join(node, loop);
        SimulatedClient other = join(1 - node, loop);
        RegisterOptions shared = new RegisterOptions(MatchPolicy.PREFIX, InvocationPolicy.ROUNDROBIN, false, false);
        long registration = callee.registers("p", shared);
        other.registers("p", shared);
        long request = caller.calls("p.q", new CallOptions(true, true, 0, true, null), 1L);
        sends(caller, request, MORE, 2L);
        sends(caller, request, LAST, 3L);
        List<Object> got = new ArrayList<>();
        Invocation first = callee.take(Invocation.class);
        got.addAll(callee.args(first));
        for (boolean progress : new boolean[] {true, false}) {
            Invocation further = callee.take(Invocation.class);
            assertThat(further.request()).isEqualTo(first.request());
            assertThat(further.registration()).isEqualTo(registration);
            assertThat(further.details().progress()).isEqualTo(progress);
            assertThat(further.details().procedure()).as("of the first CALL").isEqualTo("p.q");
            assertThat(further.details().receiveProgress()).isTrue();
            assertThat(further.details().caller()).isEqualTo(first.details().caller());
            got.addAll(callee.args(further));
        }
        assertThat(got).containsExactly(1L, 2L, 3L);
        other.gotNothing();
        callee.says(new Yield(first.request(), new YieldOptions(true, null), callee.payload("some")));
        assertThat(caller.take(Result.class).details().progress()).isTrue();
        callee.yields(first, "all");
        assertThat(caller.args(caller.take(Result.class))).containsExactly("all");
    }

    @Test
    void otherRequestsMayComeBetweenChunks() {
        SimulatedClient caller = join(0, 0);
        SimulatedClient callee = join(1, 0);
        callee.registers("p.q", RegisterOptions.DEFAULT);
        long request = caller.calls("p.q", MORE, 1L);
        caller.says(new Subscribe(caller.next(), SubscribeOptions.DEFAULT, "t"));
        caller.take(Subscribed.class);
        long second = caller.calls("p.q", MORE, 10L);
        sends(caller, request, LAST, 2L);
        sends(caller, second, LAST, 11L);
        assertThat(callee.connection().received(Invocation.class).stream()
                        .map(Invocation::request)
                        .toList())
                .containsExactly(1L, 2L, 1L, 2L);
        assertThat(caller.connection().isClosed()).isFalse();
    }

    @Test
    void whatComesForACallThatIsOverIsDropped() {
        SimulatedClient caller = join(0, 0);
        SimulatedClient callee = join(1, 0);
        callee.registers("p.q", RegisterOptions.DEFAULT);
        long request = caller.calls("p.q", MORE, 1L);
        callee.yields(callee.take(Invocation.class), "enough");
        caller.take(Result.class);
        sends(caller, request, MORE, 2L);
        sends(caller, request, LAST, 3L);
        callee.gotNothing();
        caller.gotNothing();
        sends(caller, request, LAST, 4L);
        assertThat(caller.take(Abort.class).reason())
                .as("after the last chunk the id may not come again")
                .isEqualTo("wamp.error.protocol_violation");
    }

    @Test
    void aFurtherCallOfACallThatIsCompleteIsAViolation() {
        SimulatedClient caller = join(0, 0);
        join(1, 0).registers("p.q", RegisterOptions.DEFAULT);
        long request = caller.calls("p.q", MORE, 1L);
        sends(caller, request, LAST, 2L);
        sends(caller, request, MORE, 3L);
        assertThat(caller.take(Abort.class).reason()).isEqualTo("wamp.error.protocol_violation");
    }

    @Test
    void aFurtherChunkForAnotherProcedureIsAViolation() {
        SimulatedClient caller = join(0, 0);
        join(1, 0).registers("p.q", RegisterOptions.DEFAULT);
        long request = caller.calls("p.q", MORE, 1L);
        caller.says(new Call(request, LAST, "p.r", Payload.EMPTY));
        assertThat(caller.take(Abort.class).reason()).isEqualTo("wamp.error.protocol_violation");
    }

    @Test
    void aCalleeThatHasNotAnnouncedItGetsNothingAndTheRestIsDropped() {
        SimulatedClient caller = join(0, 0);
        SimulatedClient callee = new SimulatedClient(cluster, 1, 0, SerializerId.CBOR, Map.of("call_canceling", true));
        callee.registers("p.q", RegisterOptions.DEFAULT);
        long request = caller.calls("p.q", MORE, 1L);
        assertThat(caller.takeError()).isEqualTo("wamp.error.feature_not_supported");
        sends(caller, request, LAST, 2L);
        caller.gotNothing();
        callee.gotNothing();
        assertThat(caller.connection().isClosed()).isFalse();
    }

    @Test
    void aCallInChunksThatIsRefusedIsAnsweredOnce() {
        SimulatedClient caller = join(0, 0);
        for (String procedure : List.of("nobody.has.it", "wamp.session.count", "not a uri")) {
            long request = caller.next();
            caller.says(new Call(request, MORE, procedure, Payload.EMPTY));
            assertThat(caller.take(ErrorMessage.class).request()).isEqualTo(request);
            caller.says(new Call(request, LAST, procedure, Payload.EMPTY));
            caller.gotNothing();
        }
    }

    @Test
    void aCanceledCallEndsForTheCalleeAndItsLateChunksAreDropped() {
        SimulatedClient caller = join(0, 0);
        SimulatedClient callee = join(1, 1);
        callee.registers("p.q", RegisterOptions.DEFAULT);
        long request = caller.calls("p.q", MORE, 1L);
        Invocation invocation = callee.take(Invocation.class);
        caller.mutters(new Cancel(request, CancelMode.KILLNOWAIT));
        sends(caller, request, MORE, 2L);
        assertThat(caller.takeError()).isEqualTo("wamp.error.canceled");
        assertThat(callee.take(Interrupt.class).request()).isEqualTo(invocation.request());
        callee.gotNothing();
        callee.says(new ErrorMessage(
                MessageType.INVOCATION,
                invocation.request(),
                ErrorDetails.DEFAULT,
                "wamp.error.canceled",
                Payload.EMPTY));
        caller.gotNothing();
    }

    @Test
    void whenTheCalleeWasGoneAllChunksGoToTheNextOneInOrder() {
        // The first bit drawn is the same for all small seeds.
        for (long seed = 1L << 40; seed < 200L << 40; seed += 1L << 40) {
            cluster = new SimulatedCluster(new Random(seed), 2, SessionLimits.DEFAULT);
            SimulatedClient caller = join(0, 0);
            SimulatedClient leaving = join(1, 0);
            SimulatedClient staying = join(1, 1);
            RegisterOptions first = new RegisterOptions(MatchPolicy.EXACT, InvocationPolicy.FIRST, false, false);
            long registration = leaving.registers("p.q", first);
            staying.says(new Register(staying.next(), first, "p.q"));
            staying.take(Registered.class);
            long request = caller.next();
            leaving.mutters(new Unregister(leaving.next(), registration));
            for (long chunk = 1; chunk <= 5; chunk++) {
                CallOptions options = chunk < 5 ? MORE : LAST;
                caller.mutters(new Call(request, options, "p.q", caller.payload(chunk)));
                cluster.step();
            }
            cluster.settle();
            List<Invocation> got = new ArrayList<>(staying.connection().received(Invocation.class));
            got.addAll(leaving.connection().received(Invocation.class));
            assertThat(got.stream().map(chunk -> staying.args(chunk).get(0)).toList())
                    .as("seed " + seed)
                    .containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(got.stream().map(chunk -> chunk.details().progress()).toList())
                    .containsExactly(true, true, true, true, false);
            caller.gotNothing();
        }
    }
}
