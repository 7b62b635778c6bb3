package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.Event;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Result;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A producer is as fast as most of those to whom it sends, and not slower for the sake of one. */
@Tag("cluster")
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProducerPaceTest {
    private static final String TOPIC = "proof.pace";
    private static final String PROCEDURE = "proof.pace.slow";
    private static final int RECEIVERS = 50;
    private static final String EIGHT_KILOBYTES = "x".repeat(8192);

    /** Twenty megabytes: more than may wait for a client, and what its operating system keeps. */
    private static final int EVENTS = 2500;

    private static final int EVENTS_PER_SECOND = 250;

    /** What may wait for a client and in its operating system, and on its way: events that leave before they are read. */
    private static final int EVENTS_AHEAD = 1400;

    /** Seven megabytes: a reader that gets no processor for a while is not lost. Twice as much is too much for one who does not read. */
    private static final int FAST_EVENTS = 900;

    private static final int PAIRS = 5;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest(name = "through {0} nodes")
    @ValueSource(ints = {1, 2})
    void aProducerThatIsTooFastForAllItsReceiversIsSlowedToTheirPaceAndNobodyIsLost(int nodes, @TempDir Path directory)
            throws Exception {
        try (ThreeNodes cluster = ThreeNodes.start(directory, nodes, "-Xmx256m");
                BlockingClient producer = BlockingClient.join(cluster.port(0))) {
            List<BlockingClient> receivers = subscribed(cluster.port(nodes - 1));
            List<Future<Long>> read = new ArrayList<>();
            for (BlockingClient receiver : receivers) {
                read.add(threads.submit(() -> read(receiver, EVENTS, EVENTS_PER_SECOND)));
            }

            long begin = System.nanoTime();
            publish(producer, EVENTS);
            double seconds = (System.nanoTime() - begin) / 1e9;

            for (Future<Long> one : read) {
                assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo(EVENTS);
            }
            double atTheirPace = (double) (EVENTS - EVENTS_AHEAD) / EVENTS_PER_SECOND;
            System.out.printf("%d nodes: published in %.1f s%n", nodes, seconds);
            assertThat(seconds).as("seconds").isGreaterThan(atTheirPace);
            close(receivers);
        }
    }

    @ParameterizedTest(name = "through {0} nodes")
    @ValueSource(ints = {1, 2})
    void oneReceiverWhoDoesNotReadDoesNotSlowTheProducerAndIsClosed(int nodes, @TempDir Path directory)
            throws Exception {
        try (ThreeNodes cluster = ThreeNodes.start(directory, nodes, "");
                BlockingClient producer = BlockingClient.join(cluster.port(0))) {
            List<BlockingClient> receivers = subscribed(cluster.port(nodes - 1));
            time(producer, receivers);
            List<Double> ratios = new ArrayList<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                long alone = timeOfTwo(producer, receivers);
                try (BlockingClient deaf = BlockingClient.join(cluster.port(nodes - 1), 4096)) {
                    deaf.subscribe(TOPIC, MatchPolicy.EXACT);
                    ratios.add((double) timeOfTwo(producer, receivers) / alone);
                    assertThat(deaf.isCutOff()).isTrue();
                }
            }
            ratios.sort(Comparator.naturalOrder());
            System.out.printf("%d nodes: with one who does not read, times %s%n", nodes, ratios);
            assertThat(ratios.get(PAIRS / 2)).as("median of %s", ratios).isLessThan(1.5);
            close(receivers);
        }
    }

    @ParameterizedTest(name = "through {0} nodes")
    @ValueSource(ints = {1, 2})
    void aCallerThatIsTooFastForItsCalleeIsSlowedToItsPaceAndAllIsAnswered(int nodes, @TempDir Path directory)
            throws Exception {
        try (ThreeNodes cluster = ThreeNodes.start(directory, nodes, "-Xmx256m");
                BlockingClient caller = BlockingClient.join(cluster.port(0));
                BlockingClient callee = BlockingClient.join(cluster.port(nodes - 1), 64 * 1024)) {
            callee.register(PROCEDURE);
            Future<Long> served = threads.submit(() -> serve(callee));
            Future<Long> answered = threads.submit(() -> results(caller));

            long begin = System.nanoTime();
            for (int call = 0; call < EVENTS; call++) {
                caller.callLater(PROCEDURE, EIGHT_KILOBYTES);
            }
            caller.flush();
            double seconds = (System.nanoTime() - begin) / 1e9;

            assertThat(served.get(60, TimeUnit.SECONDS)).isEqualTo(EVENTS);
            assertThat(answered.get(10, TimeUnit.SECONDS)).isEqualTo(EVENTS);
            System.out.printf("%d nodes: called in %.1f s%n", nodes, seconds);
            assertThat(seconds).as("seconds").isGreaterThan((double) (EVENTS - EVENTS_AHEAD) / EVENTS_PER_SECOND);
        }
    }

    /** Answers so many calls, and no more of them in a second. */
    private static long serve(BlockingClient callee) throws IOException {
        callee.patience(30_000);
        long begin = System.nanoTime();
        for (long number = 0; number < EVENTS; number++) {
            Invocation invocation = (Invocation) callee.next(MessageType.INVOCATION);
            callee.send(new Yield(invocation.request(), YieldOptions.DEFAULT, callee.payload(number)));
            awaitTurn(begin, number, EVENTS_PER_SECOND);
        }
        return EVENTS;
    }

    private static long results(BlockingClient caller) throws IOException {
        caller.patience(60_000);
        for (long expected = 0; expected < EVENTS; expected++) {
            Result result = (Result) caller.next(MessageType.RESULT);
            assertThat(caller.number(result.payload())).isEqualTo(expected);
        }
        return EVENTS;
    }

    private static List<BlockingClient> subscribed(int port) throws IOException {
        List<BlockingClient> receivers = new ArrayList<>();
        for (int i = 0; i < RECEIVERS; i++) {
            BlockingClient client = BlockingClient.join(port, 64 * 1024);
            client.subscribe(TOPIC, MatchPolicy.EXACT);
            receivers.add(client);
        }
        return receivers;
    }

    private static void close(List<BlockingClient> clients) throws IOException {
        for (BlockingClient client : clients) {
            client.close();
        }
    }

    private long timeOfTwo(BlockingClient producer, List<BlockingClient> receivers) throws Exception {
        return time(producer, receivers) + time(producer, receivers);
    }

    /** How long it takes until all have all. */
    private long time(BlockingClient producer, List<BlockingClient> receivers) throws Exception {
        long begin = System.nanoTime();
        List<Future<Long>> read = new ArrayList<>();
        for (BlockingClient receiver : receivers) {
            read.add(threads.submit(() -> read(receiver, FAST_EVENTS, Integer.MAX_VALUE)));
        }
        publish(producer, FAST_EVENTS);
        for (Future<Long> one : read) {
            one.get(60, TimeUnit.SECONDS);
        }
        return System.nanoTime() - begin;
    }

    private static void publish(BlockingClient producer, int events) throws IOException {
        for (long number = 0; number < events; number++) {
            producer.publishLater(TOPIC, number, EIGHT_KILOBYTES);
        }
        producer.flush();
    }

    /** Reads so many events, and no more of them in a second. */
    private static long read(BlockingClient receiver, int events, int perSecond) throws IOException {
        receiver.patience(30_000);
        long begin = System.nanoTime();
        for (long expected = 0; expected < events; expected++) {
            Event event = (Event) receiver.next(MessageType.EVENT);
            assertThat(receiver.number(event.payload())).isEqualTo(expected);
            awaitTurn(begin, expected, perSecond);
        }
        return events;
    }

    private static void awaitTurn(long begin, long number, int perSecond) {
        long due = begin + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
