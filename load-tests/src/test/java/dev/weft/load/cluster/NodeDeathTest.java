package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One node is killed under traffic (docs/guarantees.md, 4 and 6). */
@Tag("cluster")
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeDeathTest {
    private static final int CALLS_TO_THE_DEAD = 100;
    private static final Duration DETECTION = Duration.ofSeconds(2);

    /** Unanswered, it tells the reader of a stream that it has come to its end. */
    private static final long LAST = -1;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Sequences sequences = new Sequences();

    @Test
    void aKilledNodeTakesOnlyItsOwn(@TempDir Path directory) throws Exception {
        try (ThreeNodes nodes = ThreeNodes.start(directory, 2, "");
                BlockingClient publisher = BlockingClient.join(nodes.port(0));
                BlockingClient subscriber = BlockingClient.join(nodes.port(1));
                BlockingClient caller = BlockingClient.join(nodes.port(0));
                BlockingClient callee = BlockingClient.join(nodes.port(1));
                BlockingClient waiting = BlockingClient.join(nodes.port(0));
                BlockingClient heir = BlockingClient.join(nodes.port(1));
                BlockingClient doomed = lastOne(nodes)) {
            subscriber.subscribe("proof.death.events", MatchPolicy.EXACT);
            callee.register("proof.death.survivor");
            doomed.register("proof.death.doomed");
            Future<Long> events = threads.submit(() -> readEvents(subscriber));
            Future<Long> published = threads.submit(() -> publishUntilOver(publisher));
            Future<?> serving = threads.submit(() -> serve(callee));
            Future<Long> answered = threads.submit(() -> callUntilOver(caller));
            for (int i = 0; i < CALLS_TO_THE_DEAD; i++) {
                waiting.call("proof.death.doomed", i);
                doomed.next(MessageType.INVOCATION);
            }

            nodes.kill(2);
            long killed = System.nanoTime();
            Duration lastError = errorsOfAllCalls(waiting, killed);
            Duration takenOver = takeOver(heir, killed);
            waiting.call("proof.death.doomed", 7);
            Invocation invocation = (Invocation) heir.next(MessageType.INVOCATION);
            heir.send(new Yield(invocation.request(), YieldOptions.DEFAULT, invocation.payload()));
            assertThat(waiting.number(((Result) waiting.next(MessageType.RESULT)).payload()))
                    .isEqualTo(7);

            over.set(true);
            long count = published.get(30, TimeUnit.SECONDS);
            assertThat(events.get(30, TimeUnit.SECONDS))
                    .as("events of the survivors")
                    .isEqualTo(count);
            long calls = answered.get(30, TimeUnit.SECONDS);
            serving.get(30, TimeUnit.SECONDS);
            assertThat(sequences.violations()).isEmpty();
            System.out.printf(
                    "node killed: calls to it ended after %d ms, its registration taken over after %d ms; survivors: %d"
                            + " events and %d calls, none lost%n",
                    lastError.toMillis(), takenOver.toMillis(), count, calls);
            assertThat(lastError).isLessThan(DETECTION);
            assertThat(takenOver).isLessThan(DETECTION);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Its node has just joined, so that Hazelcast is handing out shares of the tables when it is killed. */
    private static BlockingClient lastOne(ThreeNodes nodes) throws IOException {
        nodes.launch(2);
        nodes.awaitReady(2);
        return BlockingClient.join(nodes.port(2));
    }

    private static Duration errorsOfAllCalls(BlockingClient waiting, long killed) throws IOException {
        for (int i = 0; i < CALLS_TO_THE_DEAD; i++) {
            ErrorMessage error = (ErrorMessage) waiting.next(MessageType.ERROR);
            assertThat(error.error()).startsWith("wamp.error.");
        }
        return Duration.ofNanos(System.nanoTime() - killed);
    }

    /** Asks until it is granted. */
    private static Duration takeOver(BlockingClient heir, long killed) throws IOException {
        while (true) {
            heir.requestRegistration("proof.death.doomed");
            WampMessage answer = heir.next();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - killed);
            if (answer instanceof Registered) {
                return elapsed;
            }
            assertThat(((ErrorMessage) answer).error()).isEqualTo("wamp.error.procedure_already_exists");
            assertThat(elapsed)
                    .as("time in which the registration could not be taken over")
                    .isLessThan(DETECTION);
        }
    }

    private long publishUntilOver(BlockingClient publisher) throws IOException {
        long count = 0;
        while (!over.get()) {
            publisher.publish("proof.death.events", count++);
            pace();
        }
        publisher.publish("proof.death.events", LAST);
        return count;
    }

    private long readEvents(BlockingClient subscriber) throws IOException {
        for (long count = 0; ; count++) {
            Event event = (Event) subscriber.next(MessageType.EVENT);
            long number = subscriber.number(event.payload());
            if (number == LAST) {
                return count;
            }
            sequences.arrived("events", number);
        }
    }

    private long callUntilOver(BlockingClient caller) throws IOException {
        long count = 0;
        while (!over.get()) {
            caller.call("proof.death.survivor", count);
            Result result = (Result) caller.next(MessageType.RESULT);
            assertThat(caller.number(result.payload())).isEqualTo(count++);
        }
        caller.call("proof.death.survivor", LAST);
        return count;
    }

    private static Void serve(BlockingClient callee) throws IOException {
        while (true) {
            Invocation invocation = (Invocation) callee.next(MessageType.INVOCATION);
            if (callee.number(invocation.payload()) == LAST) {
                return null;
            }
            callee.send(new Yield(invocation.request(), YieldOptions.DEFAULT, invocation.payload()));
        }
    }

    /** Some thousand events a second: traffic, but no overload. */
    private static void pace() {
        LockSupport.parkNanos(200_000);
    }
}
