package dev.weft.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.session.SessionLimits;
import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedCluster;
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
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dealer on two nodes of two event loops; {@link SimulatedCluster}. */
class DealerTest {
    private static final Map<String, Object> CANCELING = Map.of("call_canceling", true);

    private final SimulatedCluster cluster =
            new SimulatedCluster(new Random(7), 2, new SessionLimits(3, 3, 3, 3, 1000, 1000));
    private final Map<RecordingConnection, Long> requests = new HashMap<>();

    private long next(RecordingConnection client) {
        return requests.merge(client, 1L, Long::sum);
    }

    private void says(RecordingConnection client, WampMessage message) {
        cluster.on(client, () -> client.says(message));
        cluster.settle();
    }

    private <T extends WampMessage> T take(RecordingConnection client, Class<T> type) {
        assertThat(client.received()).isNotEmpty().first().isInstanceOf(type);
        return type.cast(client.received().remove(0));
    }

    private long register(RecordingConnection callee, MatchPolicy match, InvocationPolicy invoke, String procedure) {
        says(callee, new Register(next(callee), new RegisterOptions(match, invoke, false, false), procedure));
        return take(callee, Registered.class).registration();
    }

    private long call(RecordingConnection caller, String procedure) {
        return call(caller, procedure, CallOptions.DEFAULT);
    }

    private long call(RecordingConnection caller, String procedure, CallOptions options) {
        long request = next(caller);
        says(caller, new Call(request, options, procedure, Payload.EMPTY));
        return request;
    }

    private void yields(RecordingConnection callee, Invocation invocation) {
        says(callee, new Yield(invocation.request(), YieldOptions.DEFAULT, Payload.EMPTY));
    }

    private String error(RecordingConnection client) {
        return take(client, ErrorMessage.class).error();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "1, 0", "1, 1"})
    void aCallGoesToItsCalleeAndComesBackWhereverTheyAre(int node, int loop) {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(node, loop, SerializerId.CBOR);
        long registration = register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "com.example.add");
        Payload asked = caller.serializer().payload(List.of(1L, 2L), Map.of("round", true));
        says(caller, new Call(1, CallOptions.DEFAULT, "com.example.add", asked));
        Invocation invocation = take(callee, Invocation.class);
        assertThat(invocation.request()).isEqualTo(1);
        assertThat(invocation.registration()).isEqualTo(registration);
        assertThat(callee.serializer().args(invocation.payload())).containsExactly(1L, 2L);
        assertThat(callee.serializer().kwargs(invocation.payload())).containsEntry("round", true);
        says(callee, new Yield(1, YieldOptions.DEFAULT, callee.serializer().payload(List.of(3L), null)));
        Result result = take(caller, Result.class);
        assertThat(result.request()).isEqualTo(1);
        assertThat(caller.serializer().args(result.payload())).containsExactly(3L);
        assertThat(cluster.tally(DealerTally.ROUTED_LOCAL)).isEqualTo(1 - node);
        assertThat(cluster.tally(DealerTally.ROUTED_REMOTE)).isEqualTo(node);
    }

    @Test
    void anErrorOfTheCalleeReachesTheCallerAsItIs() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(1, 1, SerializerId.MSGPACK);
        register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.q");
        call(caller, "p.q");
        Payload why = callee.serializer().payload(List.of("no"), Map.of("code", 7L));
        long request = take(callee, Invocation.class).request();
        says(
                callee,
                new ErrorMessage(MessageType.INVOCATION, request, ErrorDetails.DEFAULT, "com.example.refused", why));
        ErrorMessage error = take(caller, ErrorMessage.class);
        assertThat(error.requestType()).isEqualTo(MessageType.CALL);
        assertThat(error.error()).isEqualTo("com.example.refused");
        assertThat(caller.serializer().args(error.payload())).containsExactly("no");
        assertThat(caller.serializer().kwargs(error.payload())).containsEntry("code", 7L);
    }

    @Test
    void anUnknownProcedureAnInvalidOneAndASecondRegistrationAreRefused() {
        RecordingConnection client = cluster.join(0, 0, SerializerId.JSON);
        call(client, "nobody.has.it");
        assertThat(error(client)).isEqualTo("wamp.error.no_such_procedure");
        call(client, "not a uri");
        assertThat(error(client)).isEqualTo("wamp.error.invalid_uri");
        register(client, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.q");
        RecordingConnection other = cluster.join(1, 0, SerializerId.JSON);
        says(other, new Register(1, RegisterOptions.DEFAULT, "p.q"));
        assertThat(error(other)).isEqualTo("wamp.error.procedure_already_exists");
        says(other, new Register(2, RegisterOptions.DEFAULT, "wamp.session.count"));
        assertThat(error(other)).isEqualTo("wamp.error.invalid_uri");
    }

    @Test
    void theBestMatchIsExactThenTheLongestPrefixThenTheWildcard() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection exact = cluster.join(1, 0, SerializerId.JSON);
        RecordingConnection prefix = cluster.join(0, 1, SerializerId.JSON);
        RecordingConnection wildcard = cluster.join(1, 1, SerializerId.JSON);
        register(wildcard, MatchPolicy.WILDCARD, InvocationPolicy.SINGLE, "a..c");
        call(caller, "a.b.c");
        assertThat(take(wildcard, Invocation.class).details().procedure()).isEqualTo("a.b.c");
        register(prefix, MatchPolicy.PREFIX, InvocationPolicy.SINGLE, "a.");
        call(caller, "a.b.c");
        assertThat(take(prefix, Invocation.class).details().procedure()).isEqualTo("a.b.c");
        register(exact, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "a.b.c");
        cluster.settle();
        caller.received().clear();
        RecordingConnection second = cluster.join(0, 0, SerializerId.JSON);
        call(second, "a.b.c");
        assertThat(take(exact, Invocation.class).details().procedure()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"ROUNDROBIN, 0120120", "FIRST, 0000000", "LAST, 2222222"})
    void aSharedRegistrationIsWalkedInTheOrderOfRegistrationOverAllNodes(InvocationPolicy invoke, String turns) {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        List<RecordingConnection> callees = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RecordingConnection callee = cluster.join((i + 1) % 2, i % 2, SerializerId.JSON);
            register(callee, MatchPolicy.EXACT, invoke, "p.q");
            callees.add(callee);
        }
        StringBuilder got = new StringBuilder();
        for (int i = 0; i < turns.length(); i++) {
            call(caller, "p.q");
            for (int c = 0; c < callees.size(); c++) {
                if (!callees.get(c).received().isEmpty()) {
                    got.append(c);
                    yields(callees.get(c), take(callees.get(c), Invocation.class));
                }
            }
            take(caller, Result.class);
        }
        assertThat(got).hasToString(turns);
    }

    @ParameterizedTest
    @CsvSource({"ROUNDROBIN, 1", "RANDOM, 1", "FIRST, 1", "LAST, 1"})
    void calleesOnANodeThatIsAboutToLeaveArePassedOverWhileThereAreOthers(InvocationPolicy invoke, int staying) {
        List<RecordingConnection> callees = List.of(
                cluster.join(0, 0, SerializerId.JSON),
                cluster.join(1, 0, SerializerId.JSON),
                cluster.join(0, 1, SerializerId.JSON));
        callees.forEach(callee -> register(callee, MatchPolicy.EXACT, invoke, "com.example.shared"));
        List<RecordingConnection> callers =
                List.of(cluster.join(0, 0, SerializerId.JSON), cluster.join(1, 1, SerializerId.JSON));

        cluster.leaving(0);
        for (int i = 0; i < 8; i++) {
            RecordingConnection caller = callers.get(i % 2);
            call(caller, "com.example.shared");
            yields(callees.get(staying), take(callees.get(staying), Invocation.class));
            take(caller, Result.class);
        }

        callees.get(staying).lost();
        cluster.settle();
        call(callers.get(1), "com.example.shared");
        assertThat(callees.get(0).received().size() + callees.get(2).received().size())
                .as("the call goes to a node that leaves if there is no other")
                .isOne();
    }

    @Test
    void afterUnregisterNoCallComesAndTheOneInFlightIsStillAnswered() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(1, 0, SerializerId.JSON);
        long registration = register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.q");
        call(caller, "p.q");
        Invocation invocation = take(callee, Invocation.class);
        says(callee, new Unregister(next(callee), registration));
        take(callee, Unregistered.class);
        call(caller, "p.q");
        assertThat(error(caller)).isEqualTo("wamp.error.no_such_procedure");
        yields(callee, invocation);
        take(caller, Result.class);
        says(callee, new Unregister(next(callee), registration));
        assertThat(error(callee)).isEqualTo("wamp.error.no_such_registration");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whenTheCallerLeavesTheCalleeIsInterruptedIfItCanBe(boolean canceling) {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(1, 0, SerializerId.JSON, canceling ? CANCELING : Map.of());
        register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.q");
        call(caller, "p.q");
        Invocation invocation = take(callee, Invocation.class);
        cluster.on(caller, caller::lost);
        cluster.settle();
        if (canceling) {
            Interrupt interrupt = take(callee, Interrupt.class);
            assertThat(interrupt.request()).isEqualTo(invocation.request());
            assertThat(interrupt.mode()).isEqualTo(CancelMode.KILLNOWAIT);
        }
        yields(callee, invocation);
        assertThat(callee.received()).isEmpty();
        assertThat(callee.isClosed()).isFalse();
    }

    @Test
    void whenTheCalleeLeavesTheCallerGetsCanceled() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(1, 0, SerializerId.JSON);
        register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.q");
        call(caller, "p.q");
        cluster.on(callee, callee::lost);
        cluster.settle();
        assertThat(error(caller)).isEqualTo("wamp.error.canceled");
    }

    @Test
    void whenTheLinkBreaksTheCallerIsToldAndTheCalleeIsInterrupted() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(1, 0, SerializerId.JSON, CANCELING);
        register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.q");
        call(caller, "p.q");
        take(callee, Invocation.class);
        cluster.cutLink();
        cluster.settle();
        assertThat(error(caller)).isEqualTo("wamp.error.network_failure");
        assertThat(take(callee, Interrupt.class).reason()).isEqualTo("wamp.error.network_failure");
        call(caller, "p.q");
        assertThat(error(caller)).isEqualTo("wamp.error.no_such_procedure");
    }

    @ParameterizedTest
    @CsvSource({"SKIP, true, 0", "KILL, false, 1", "KILLNOWAIT, true, 1", ", true, 1"})
    void cancelDoesWhatItsModeSays(CancelMode mode, boolean answeredAtOnce, int interrupts) {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(1, 0, SerializerId.JSON, CANCELING);
        register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.q");
        long request = call(caller, "p.q");
        Invocation invocation = take(callee, Invocation.class);
        says(caller, new Cancel(request, mode));
        assertThat(callee.received(Interrupt.class)).hasSize(interrupts);
        assertThat(caller.received()).hasSize(answeredAtOnce ? 1 : 0);
        yields(callee, invocation);
        if (answeredAtOnce) {
            assertThat(error(caller)).isEqualTo("wamp.error.canceled");
        } else {
            take(caller, Result.class);
        }
        assertThat(caller.received()).isEmpty();
        says(caller, new Cancel(request, mode));
        says(caller, new Cancel(99, mode));
        assertThat(caller.isClosed()).isFalse();
    }

    @Test
    void aCallThatIsNotAnsweredInTimeEndsAndTheCalleeIsInterrupted() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(1, 0, SerializerId.JSON, CANCELING);
        register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.q");
        call(caller, "p.q", new CallOptions(true, false, 100, false, null));
        Invocation invocation = take(callee, Invocation.class);
        assertThat(invocation.details().receiveProgress()).isTrue();
        cluster.advance(90);
        says(callee, new Yield(invocation.request(), new YieldOptions(true, null), Payload.EMPTY));
        assertThat(take(caller, Result.class).details().progress()).isTrue();
        cluster.advance(90);
        cluster.settle();
        assertThat(caller.received()).isEmpty();
        cluster.advance(20);
        cluster.settle();
        assertThat(error(caller)).isEqualTo("wamp.error.timeout");
        take(callee, Interrupt.class);
    }

    @Test
    void aCallOrResultThatIsTooLongForItsReceiverEndsTheCallWithAnError() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(1, 0, SerializerId.JSON);
        register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.q");
        Payload large = caller.serializer().payload(List.of("x".repeat(1000)), null);
        callee.limit(500);
        says(caller, new Call(next(caller), CallOptions.DEFAULT, "p.q", large));
        assertThat(error(caller)).isEqualTo("wamp.error.payload_size_exceeded");
        call(caller, "p.q");
        caller.limit(500);
        says(callee, new Yield(take(callee, Invocation.class).request(), YieldOptions.DEFAULT, large));
        assertThat(error(caller)).isEqualTo("wamp.error.payload_size_exceeded");
        assertThat(callee.isClosed()).isFalse();
    }

    @Test
    void aProgressiveResultThatIsTooLongEndsTheCallForTheCalleeAsWell() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(1, 0, SerializerId.JSON, CANCELING);
        register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.q");
        call(caller, "p.q", new CallOptions(true, false, 0, false, null));
        caller.limit(500);
        Payload large = callee.serializer().payload(List.of("x".repeat(1000)), null);
        says(callee, new Yield(take(callee, Invocation.class).request(), new YieldOptions(true, null), large));
        assertThat(error(caller)).isEqualTo("wamp.error.payload_size_exceeded");
        assertThat(take(callee, Interrupt.class).reason()).isEqualTo("wamp.error.payload_size_exceeded");
    }

    @Test
    void aSessionHasNoMoreCallsInFlightAndRegistrationsThanItMay() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(1, 0, SerializerId.JSON);
        register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.q");
        register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.r");
        register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.s");
        says(callee, new Register(next(callee), RegisterOptions.DEFAULT, "p.t"));
        assertThat(error(callee)).isEqualTo("weft.error.limit_exceeded");
        for (int i = 0; i < 4; i++) {
            call(caller, "p.q");
        }
        assertThat(error(caller)).isEqualTo("weft.error.limit_exceeded");
        assertThat(callee.received(Invocation.class)).hasSize(3);
    }

    @Test
    void anApplicationErrorCarriesAnyUriAndAProgressiveResultNobodyWantsIsDropped() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection callee = cluster.join(0, 0, SerializerId.JSON);
        register(callee, MatchPolicy.EXACT, InvocationPolicy.SINGLE, "p.q");
        call(caller, "p.q");
        Invocation invocation = take(callee, Invocation.class);
        says(callee, new Yield(invocation.request(), new YieldOptions(true, null), Payload.EMPTY));
        assertThat(caller.received()).isEmpty();
        yields(callee, invocation);
        take(caller, Result.class);
    }

    @Test
    void usingWhatTheRouterDoesNotAnnounceIsAViolation() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        call(caller, "p.q", new CallOptions(false, true, 0, false, null));
        assertThat(take(caller, dev.weft.wamp.Abort.class).reason()).isEqualTo("wamp.error.protocol_violation");
        assertThat(caller.isClosed()).isTrue();
    }

    @Test
    void aCallWhoseExactCalleeHasJustLeftGoesToThePatternThatMatchesTheProcedureToo() {
        // The first bit drawn is the same for all small seeds.
        for (long seed = 1L << 40; seed < 10L << 40; seed += 1L << 40) {
            SimulatedCluster two = new SimulatedCluster(new Random(seed), 2, SessionLimits.DEFAULT);
            RecordingConnection caller = two.join(0, 0, SerializerId.JSON);
            RecordingConnection exact = two.join(1, 0, SerializerId.JSON);
            RecordingConnection longPrefix = two.join(0, 1, SerializerId.JSON);
            RecordingConnection shortPrefix = two.join(1, 1, SerializerId.JSON);
            RegisterOptions prefix = new RegisterOptions(MatchPolicy.PREFIX, InvocationPolicy.SINGLE, false, false);
            two.on(exact, () -> exact.says(new Register(1, RegisterOptions.DEFAULT, "a.b.c")));
            two.on(longPrefix, () -> longPrefix.says(new Register(1, prefix, "a.b")));
            two.on(shortPrefix, () -> shortPrefix.says(new Register(1, prefix, "a")));
            two.settle();
            longPrefix.received().clear();
            two.on(caller, () -> caller.says(new Call(1, CallOptions.DEFAULT, "a.b.c", Payload.EMPTY)));
            long registration = take(exact, Registered.class).registration();
            two.on(exact, () -> exact.says(new Unregister(2, registration)));
            two.settle();
            assertThat(caller.received()).as("seed " + seed).isEmpty();
            assertThat(take(longPrefix, Invocation.class).details().procedure()).isEqualTo("a.b.c");
        }
    }

    @Test
    void aCallThatWasCanceledIsNotSentToAnotherCalleeWhenItsOwnIsGone() {
        RecordingConnection caller = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection leaving = cluster.join(1, 0, SerializerId.JSON, CANCELING);
        RecordingConnection staying = cluster.join(1, 1, SerializerId.JSON, CANCELING);
        long registration = register(leaving, MatchPolicy.EXACT, InvocationPolicy.FIRST, "p.q");
        register(staying, MatchPolicy.EXACT, InvocationPolicy.FIRST, "p.q");
        cluster.on(caller, () -> caller.says(new Call(1, CallOptions.DEFAULT, "p.q", Payload.EMPTY)));
        cluster.on(caller, () -> caller.says(new Cancel(1, CancelMode.KILL)));
        cluster.on(leaving, () -> leaving.says(new Unregister(next(leaving), registration)));
        cluster.settle();
        assertThat(error(caller)).isEqualTo("wamp.error.canceled");
        assertThat(staying.received()).isEmpty();
    }
}
