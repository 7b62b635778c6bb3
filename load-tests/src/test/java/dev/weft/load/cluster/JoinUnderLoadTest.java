package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.wamp.Event;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Result;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A third node joins two that hold many table entries, while clients go on (docs/guarantees.md, promise 8). */
@Tag("cluster")
@Timeout(value = 12, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JoinUnderLoadTest {
    private static final int ENTRIES = Integer.getInteger("entries", 1_000_000);
    private static final int FILLERS = 4;
    private static final int REQUESTS_IN_FLIGHT = 2_000;

    /** One in so many entries is a registration, the others are subscriptions. */
    private static final int REGISTRATION = 5;

    /** Some hundred calls and events a second: traffic that leaves the machine time to let a node join. */
    private static final long PACE_NANOS = 2_000_000;

    /** How often the third node joins. The first time the others have never told anybody what they hold, and compile that. */
    private static final int JOINS = Integer.getInteger("joins", 2);

    private static final Duration FIRST_JOIN = Duration.ofSeconds(30);
    private static final Duration JOIN = Duration.ofSeconds(15);

    /** On a machine that has nothing else to do: with a million entries, and with a quarter of them, as in CI. */
    private static final Duration BEST_JOIN = Duration.ofSeconds(ENTRIES > 250_000 ? 10 : 8);

    /** Of those, where the machine has no more. */
    private static final int PROCESSORS = 2;

    /** Of the processors, by all nodes in two seconds. */
    private static final long LITTLE_MILLIS = 400;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** When a node has left, the others assert all that they hold again. */
    private static final Duration REST = Duration.ofMinutes(3);

    /** Unanswered, it tells the reader of a stream that it has come to its end. */
    private static final long LAST = -1;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Sequences sequences = new Sequences();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aNodeJoinsAClusterWithManyEntriesWhileEventsAndCallsGoOn(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        try (ThreeNodes nodes = ThreeNodes.start(directory, 2, "-Xms3g -Xmx3g -Xmn1400m -XX:+UseParallelGC");
                BlockingClient publisher = BlockingClient.join(nodes.port(0));
                BlockingClient subscriber = BlockingClient.join(nodes.port(1));
                BlockingClient caller = BlockingClient.join(nodes.port(0));
                BlockingClient callee = BlockingClient.join(nodes.port(1))) {
            List<BlockingClient> fillers = new ArrayList<>();
            long began = System.nanoTime();
            fill(nodes, fillers);
            System.out.printf("%d entries after %d ms%n", ENTRIES, millisSince(began));
            awaitRest(nodes);
            System.out.printf("all written after %d ms%n", millisSince(began));
            subscriber.subscribe("join.events", MatchPolicy.EXACT);
            callee.register("join.procedure");
            Future<Long> events = threads.submit(() -> readEvents(subscriber));
            Future<Long> published = threads.submit(() -> publishUntilOver(publisher));
            Future<?> serving = threads.submit(() -> serve(callee));
            Future<Long> answered = threads.submit(() -> callUntilOver(caller));

            Duration best = join(nodes, FIRST_JOIN);
            assertThatTheNewNodeKnowsAll(nodes.port(2), fillers);
            for (int i = 1; i < JOINS; i++) {
                nodes.terminate(2);
                awaitRest(nodes);
                best = Collections.min(List.of(best, join(nodes, JOIN)));
                assertThatTheNewNodeKnowsAll(nodes.port(2), fillers);
            }
            over.set(true);
            assertThat(events.get(30, TimeUnit.SECONDS))
                    .as("events; links that went down meanwhile: %s", nodes.logged(" is down: "))
                    .isEqualTo(published.get(30, TimeUnit.SECONDS));
            System.out.printf("%d calls and %d events went on%n", answered.get(30, TimeUnit.SECONDS), events.get());
            serving.get(30, TimeUnit.SECONDS);
            assertThat(sequences.violations()).isEmpty();
            assertThat(best).as("time to join with %s entries", ENTRIES).isLessThan(BEST_JOIN);
            for (BlockingClient filler : fillers) {
                filler.close();
            }
        }
    }

    /**
     * Checks the time from exec to readiness, and returns it; or, if that is less, the time in which two processors do what all three nodes did
     * meanwhile: what else the machine had to do is not theirs.
     */
    private static Duration join(ThreeNodes nodes, Duration most) throws IOException {
        List<Long> before = nodes.processorMillis();
        long launched = System.nanoTime();
        nodes.launch(2);
        nodes.awaitReady(2);
        long ready = millisSince(launched);
        List<Long> after = nodes.processorMillis();
        long joined = after.get(2);
        long others = after.get(0) + after.get(1) - before.get(0) - before.get(1);
        System.out.printf(
                "ready %d ms after exec; processor time: %d ms of the node, %d ms of the others%n",
                ready, joined, others);
        assertThat(Duration.ofMillis(ready)).as("time to join").isLessThan(most);
        return Duration.ofMillis(Math.min(ready, (joined + others) / PROCESSORS));
    }

    private void fill(ThreeNodes nodes, List<BlockingClient> fillers) throws Exception {
        List<Future<?>> reading = new ArrayList<>();
        List<Future<?>> asking = new ArrayList<>();
        for (int i = 0; i < FILLERS; i++) {
            BlockingClient filler = BlockingClient.join(nodes.port(i % 2));
            filler.patience(Math.toIntExact(PATIENCE.toMillis()));
            fillers.add(filler);
            int index = i;
            Semaphore inFlight = new Semaphore(REQUESTS_IN_FLIGHT);
            asking.add(threads.submit(() -> ask(filler, index, inFlight)));
            reading.add(threads.submit(() -> readAnswers(filler, inFlight)));
        }
        // First those that see what is wrong, while the others wait for an answer.
        for (Future<?> each : reading) {
            each.get();
        }
        for (Future<?> each : asking) {
            each.get();
        }
    }

    /** Hazelcast is written behind the answers, and comparing tables begins with them: until the nodes have little to do. */
    private static void awaitRest(ThreeNodes nodes) {
        AtomicLong used = new AtomicLong();
        await().atMost(REST).pollInterval(Duration.ofSeconds(2)).until(() -> {
            long now =
                    nodes.processorMillis().stream().mapToLong(Long::longValue).sum();
            return now - used.getAndSet(now) < LITTLE_MILLIS;
        });
    }

    private static Void ask(BlockingClient filler, int index, Semaphore inFlight) throws Exception {
        for (int i = 0; i < ENTRIES / FILLERS; i++) {
            if (!inFlight.tryAcquire()) {
                filler.flush();
                inFlight.acquire();
            }
            filler.sendLater(request(i + 1, index));
        }
        filler.flush();
        return null;
    }

    private static WampMessage request(long request, int index) {
        String uri = "join.filler" + index + ".entry" + request;
        return request % REGISTRATION == 0
                ? new Register(request, RegisterOptions.DEFAULT, uri)
                : new Subscribe(request, new SubscribeOptions(MatchPolicy.EXACT, false), uri);
    }

    private static Void readAnswers(BlockingClient filler, Semaphore inFlight) throws IOException {
        for (int i = 0; i < ENTRIES / FILLERS; i++) {
            WampMessage answer = filler.next();
            assertThat(answer.type()).isIn(MessageType.SUBSCRIBED, MessageType.REGISTERED);
            inFlight.release();
        }
        return null;
    }

    /** The last subscription and the last registration of each filler are reached from there. */
    private static void assertThatTheNewNodeKnowsAll(int port, List<BlockingClient> fillers) throws IOException {
        long last = ENTRIES / FILLERS;
        try (BlockingClient client = BlockingClient.join(port)) {
            for (int i = 0; i < FILLERS; i++) {
                BlockingClient filler = fillers.get(i);
                client.publish("join.filler" + i + ".entry" + (last - 1), i);
                assertThat(filler.number(((Event) filler.next(MessageType.EVENT)).payload()))
                        .isEqualTo(i);
                client.call("join.filler" + i + ".entry" + last, i);
                Invocation invocation = (Invocation) filler.next(MessageType.INVOCATION);
                filler.send(new Yield(invocation.request(), YieldOptions.DEFAULT, invocation.payload()));
                client.next(MessageType.RESULT);
            }
        }
    }

    private long publishUntilOver(BlockingClient publisher) throws IOException {
        long count = 0;
        while (!over.get()) {
            publisher.publish("join.events", count++);
            LockSupport.parkNanos(PACE_NANOS);
        }
        publisher.publish("join.events", LAST);
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
            caller.call("join.procedure", count);
            Result result = (Result) caller.next(MessageType.RESULT);
            assertThat(caller.number(result.payload())).isEqualTo(count++);
            LockSupport.parkNanos(PACE_NANOS);
        }
        caller.call("join.procedure", LAST);
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

    private static long millisSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1_000_000;
    }
}
