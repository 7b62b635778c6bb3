package dev.weft.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedCluster;
import dev.weft.transport.CloseReason;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a node that stops closes its clients; the clock is the test's. */
class LoopDrainTest {
    private static final Duration SPREAD = Duration.ofSeconds(4);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long WINDOW_MILLIS = 200;

    private final SimulatedCluster cluster = new SimulatedCluster(new Random(3), 1, SessionLimits.DEFAULT);
    private final List<RecordingConnection> clients = new ArrayList<>();
    private final Map<RecordingConnection, Long> closedAfter = new HashMap<>();
    private final AtomicInteger done = new AtomicInteger();
    private long elapsed;

    private void join(int count) {
        for (int i = 0; i < count; i++) {
            clients.add(cluster.join(0, 0, SerializerId.MSGPACK));
        }
    }

    private void drain(DrainPlan plan, long seed) {
        cluster.on(
                clients.get(0),
                () -> cluster.sessions(0, 0)
                        .drain(
                                plan,
                                clients.get(0).lane(),
                                new Random(seed),
                                cluster::nanoTime,
                                done::incrementAndGet));
        look();
    }

    private void pass(Duration time) {
        for (long step = 0; step < time.toMillis(); step += 10) {
            cluster.advance(10);
            elapsed += 10;
            cluster.settle();
            look();
        }
    }

    private void look() {
        for (RecordingConnection client : clients) {
            if (client.isClosed()) {
                closedAfter.putIfAbsent(client, elapsed);
            }
        }
    }

    private List<RecordingConnection> order() {
        return clients.stream()
                .filter(closedAfter::containsKey)
                .sorted((a, b) -> Long.compare(closedAfter.get(a), closedAfter.get(b)))
                .toList();
    }

    private long mostInAWindow() {
        return closedAfter.values().stream()
                .mapToLong(from -> closedAfter.values().stream()
                        .filter(at -> at >= from && at < from + WINDOW_MILLIS)
                        .count())
                .max()
                .orElse(0);
    }

    private void says(RecordingConnection client, WampMessage message) {
        cluster.on(client, () -> client.says(message));
        cluster.settle();
    }

    private Invocation invoked(RecordingConnection callee, RecordingConnection caller, String procedure) {
        says(callee, new Register(1, RegisterOptions.DEFAULT, procedure));
        says(caller, new Call(1, CallOptions.DEFAULT, procedure, Payload.EMPTY));
        return callee.received(Invocation.class).get(0);
    }

    @Test
    void clientsAreClosedInRandomOrderEvenlyOverTheTime() {
        join(400);
        drain(new DrainPlan(TIMEOUT, SPREAD, false), 11);

        pass(SPREAD.minusMillis(50));
        assertThat(done).hasValue(0);
        pass(Duration.ofMillis(100));

        assertThat(closedAfter).hasSize(400);
        assertThat(done).hasValue(1);
        assertThat(clients).allMatch(client -> client.closed() == CloseReason.NODE_SHUTDOWN);
        assertThat(clients).allMatch(client -> client.received().isEmpty(), "no GOODBYE");
        assertThat(mostInAWindow()).isLessThanOrEqualTo(400 * WINDOW_MILLIS / SPREAD.toMillis() + 2);
        long inPlace = order().stream()
                .filter(client -> Math.abs(clients.indexOf(client) - order().indexOf(client)) < 20)
                .count();
        assertThat(inPlace).as("clients that go when they came").isLessThan(100);
    }

    @Test
    void anotherSeedIsAnotherOrder() {
        join(40);
        drain(new DrainPlan(TIMEOUT, SPREAD, false), 11);
        pass(SPREAD);
        List<Integer> first = order().stream().map(clients::indexOf).toList();

        LoopDrainTest again = new LoopDrainTest();
        again.join(40);
        again.drain(new DrainPlan(TIMEOUT, SPREAD, false), 12);
        again.pass(SPREAD);

        assertThat(again.order().stream().map(again.clients::indexOf).toList())
                .hasSameSizeAs(first)
                .isNotEqualTo(first);
    }

    @Test
    void whatALoopThatStalledIsLateWithIsMadeUpForAtTwiceTheRateAtMost() {
        join(400);
        drain(new DrainPlan(TIMEOUT, SPREAD, false), 11);

        cluster.advance(2_000);
        elapsed += 2_000;
        pass(Duration.ofSeconds(3));

        assertThat(closedAfter).hasSize(400);
        assertThat(mostInAWindow()).isLessThanOrEqualTo(2 * 400 * WINDOW_MILLIS / SPREAD.toMillis() + 2);
    }

    @Test
    void aClientWithACallToAnswerGetsNoOtherOneAndIsClosedWhenItHasAnswered() {
        join(1);
        RecordingConnection caller = cluster.join(1, 0, SerializerId.MSGPACK);
        RecordingConnection callee = clients.get(0);
        Invocation invocation = invoked(callee, caller, "com.example.slow");
        callee.received().clear();
        drain(new DrainPlan(TIMEOUT, SPREAD, false), 11);
        pass(SPREAD.plusSeconds(1));
        assertThat(callee.isClosed()).isFalse();

        says(caller, new Call(2, CallOptions.DEFAULT, "com.example.slow", Payload.EMPTY));
        assertThat(callee.received()).as("calls after its turn").isEmpty();
        assertThat(caller.received(ErrorMessage.class).get(0).error()).isEqualTo("wamp.error.no_such_procedure");
        says(callee, new Yield(invocation.request(), YieldOptions.DEFAULT, Payload.EMPTY));
        assertThat(caller.received(Result.class)).hasSize(1);
        pass(Duration.ofMillis(20));
        assertThat(callee.closed()).isEqualTo(CloseReason.NODE_SHUTDOWN);
        assertThat(done).hasValue(1);
    }

    @Test
    void aClientThatWaitsForAResultIsGivenAMoment() {
        join(2);
        RecordingConnection callee = cluster.join(1, 0, SerializerId.MSGPACK);
        says(callee, new Register(1, RegisterOptions.DEFAULT, "com.example.slow"));
        clients.forEach(client -> says(client, new Call(1, CallOptions.DEFAULT, "com.example.slow", Payload.EMPTY)));
        drain(new DrainPlan(TIMEOUT, Duration.ZERO, false), 11);
        pass(Duration.ofSeconds(1));
        assertThat(closedAfter).isEmpty();

        says(callee, new Yield(1, YieldOptions.DEFAULT, Payload.EMPTY));
        pass(Duration.ofMillis(20));
        assertThat(clients.get(0).received(Result.class)).hasSize(1);
        assertThat(closedAfter).containsOnlyKeys(clients.get(0));
        pass(Duration.ofSeconds(4));
        assertThat(closedAfter).containsKey(clients.get(1));
    }

    @Test
    void aCallThatIsNotAnsweredInTimeEndsWithAnErrorAndItsCalleesAreClosedNoFasterThanOthers() {
        join(100);
        RecordingConnection caller = cluster.join(1, 0, SerializerId.MSGPACK);
        for (int i = 0; i < clients.size(); i++) {
            says(clients.get(i), new Register(1, RegisterOptions.DEFAULT, "com.example.p" + i));
            says(caller, new Call(i + 1, CallOptions.DEFAULT, "com.example.p" + i, Payload.EMPTY));
        }
        drain(new DrainPlan(TIMEOUT, SPREAD, false), 11);
        pass(TIMEOUT.minusMillis(20));
        assertThat(closedAfter).isEmpty();
        pass(SPREAD);

        assertThat(closedAfter).hasSize(100);
        assertThat(mostInAWindow()).isLessThanOrEqualTo(2 * 100 * WINDOW_MILLIS / SPREAD.toMillis() + 1);
        assertThat(caller.received(ErrorMessage.class))
                .hasSize(100)
                .allMatch(error -> error.error().equals("wamp.error.canceled"));
    }

    @Test
    void whoeverLeavesByItselfIsNotWaitedFor() {
        join(2);
        drain(new DrainPlan(TIMEOUT, SPREAD, false), 11);
        clients.forEach(RecordingConnection::lost);
        assertThat(done).hasValue(1);
        pass(SPREAD);
        assertThat(clients).allMatch(client -> client.closed() == CloseReason.TRANSPORT_LOST);
    }

    @Test
    void withoutATimeToSpreadThemOverAllAreClosedAtOnce() {
        join(50);
        drain(new DrainPlan(TIMEOUT, Duration.ZERO, false), 11);
        assertThat(closedAfter).hasSize(50);
        assertThat(done).hasValue(1);
    }

    @Test
    void ifToldToTheNodeSaysGoodbyeAndWaitsForTheAnswer() {
        join(1);
        drain(new DrainPlan(TIMEOUT, Duration.ZERO, true), 11);
        assertThat(clients.get(0).received(Goodbye.class)).hasSize(1);
        assertThat(done).hasValue(0);
        says(clients.get(0), new Goodbye(Map.of(), "wamp.close.goodbye_and_out"));
        assertThat(done).hasValue(1);
    }

    @Test
    void theTimeThatIsTakenByDefaultGrowsWithTheNumberOfClients() {
        assertThat(DrainPlan.spreadOf(0)).isZero();
        assertThat(DrainPlan.spreadOf(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(DrainPlan.spreadOf(400)).isEqualTo(Duration.ofSeconds(2));
        assertThat(DrainPlan.spreadOf(10_000)).isEqualTo(Duration.ofSeconds(50));
    }
}
