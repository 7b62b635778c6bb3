package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.Event;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that do not read harm themselves only, and cost a node no more memory than it has. */
@Tag("cluster")
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackPressureTest {
    private static final int SUBSCRIBERS = 1000;
    private static final int ROUNDS = 150;
    private static final int PAIRS = 9;
    private static final int CALLS = 1000;

    /** Of four kilobytes each: half of what may wait for one client. */
    private static final int RESULTS_NOT_READ = 1000;

    private static final String FOUR_KILOBYTES = "x".repeat(4096);

    /** The heap and as much outside of it, and what Java takes for itself. */
    private static final long MOST_MEMORY_KIB = (256 + 256 + 256) * 1024;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    void aThousandSubscribersWhoStopReadingCostNoMoreMemoryThanThereIs(@TempDir Path directory) throws Exception {
        try (ThreeNodes node = ThreeNodes.start(directory, 1, "-Xmx256m");
                BlockingClient publisher = BlockingClient.join(node.port(0));
                BlockingClient reader = BlockingClient.join(node.port(0));
                BlockingClient callee = BlockingClient.join(node.port(0));
                BlockingClient caller = BlockingClient.join(node.port(0))) {
            reader.subscribe("proof.pressure.read", MatchPolicy.EXACT);
            callee.register("proof.pressure.echo");
            Future<?> serving = threads.submit(() -> serve(callee));
            Future<Long> read = threads.submit(() -> events(reader));
            List<BlockingClient> stalled = new ArrayList<>();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                BlockingClient client = BlockingClient.join(node.port(0), 4096);
                client.subscribe("proof.pressure." + i, MatchPolicy.EXACT);
                stalled.add(client);
            }

            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < SUBSCRIBERS; i++) {
                    publisher.publishLater("proof.pressure." + i, FOUR_KILOBYTES);
                }
                publisher.publish("proof.pressure.read", round);
                caller.call("proof.pressure.echo", round);
                caller.next(MessageType.RESULT);
            }

            assertThat(read.get(30, TimeUnit.SECONDS)).as("events of who reads").isEqualTo(ROUNDS);
            assertThat(peakMemory(node.pid(0))).as("KiB").isLessThan(MOST_MEMORY_KIB);
            long closed = cutOff(stalled);
            System.out.printf("%d of %d who did not read were closed%n", closed, SUBSCRIBERS);
            assertThat(closed).as("closed").isBetween(1L, SUBSCRIBERS * 9L / 10);
            callee.close();
            serving.get(30, TimeUnit.SECONDS);
        }
        assertThat(Files.readString(directory.resolve("node-1.log"))).doesNotContain("OutOf", "ERROR");
    }

    @Test
    void aCallerWhoDoesNotReadItsResultsDoesNotSlowDownTheOtherCallersOfTheCallee(@TempDir Path directory)
            throws Exception {
        try (ThreeNodes node = ThreeNodes.start(directory, 1, "");
                BlockingClient callee = BlockingClient.join(node.port(0));
                BlockingClient caller = BlockingClient.join(node.port(0))) {
            callee.register("proof.pressure.echo");
            Future<?> serving = threads.submit(() -> serve(callee));
            latencies(caller, 5 * CALLS);

            List<Double> ratios = new ArrayList<>();
            long longest = 0;
            for (int pair = 0; pair < PAIRS; pair++) {
                long alone = percentile(99, latencies(caller, CALLS));
                try (BlockingClient deaf = BlockingClient.join(node.port(0), 4096)) {
                    for (int i = 0; i < RESULTS_NOT_READ; i++) {
                        deaf.callLater("proof.pressure.echo", FOUR_KILOBYTES);
                    }
                    deaf.flush();
                    longest = Math.max(longest, percentile(100, latencies(caller, CALLS)));
                    ratios.add((double) percentile(99, latencies(caller, CALLS)) / alone);
                }
            }
            assertThat(ratios.stream().sorted().skip(PAIRS / 2).findFirst().orElseThrow())
                    .as("p99 beside a caller who does not read, as a multiple of p99 without: %s", ratios)
                    .isLessThan(2);
            assertThat(Duration.ofNanos(longest))
                    .as("longest round trip while the results of the other pile up")
                    .isLessThan(Duration.ofSeconds(1));
            callee.close();
            serving.get(30, TimeUnit.SECONDS);
        }
    }

    /** Round trips one after the other: nanoseconds, the shortest first. */
    private static long[] latencies(BlockingClient caller, int calls) throws IOException {
        long[] nanos = new long[calls];
        for (int i = 0; i < calls; i++) {
            long begin = System.nanoTime();
            caller.call("proof.pressure.echo", i);
            caller.next(MessageType.RESULT);
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static long percentile(int percent, long[] sorted) {
        return sorted[Math.max(0, sorted.length * percent / 100 - 1)];
    }

    /** How many sessions are over; all are closed afterwards. */
    private static long cutOff(List<BlockingClient> clients) throws IOException {
        long over = 0;
        for (BlockingClient client : clients) {
            client.patience(1);
            over += client.isCutOff() ? 1 : 0;
            client.close();
        }
        return over;
    }

    private static long events(BlockingClient subscriber) throws IOException {
        subscriber.patience(60_000);
        for (long expected = 0; expected < ROUNDS; expected++) {
            Event event = (Event) subscriber.next(MessageType.EVENT);
            assertThat(subscriber.number(event.payload())).isEqualTo(expected);
        }
        return ROUNDS;
    }

    /** Until it is closed. */
    private static Void serve(BlockingClient callee) throws IOException {
        callee.patience(120_000);
        try {
            while (true) {
                Invocation invocation = (Invocation) callee.next(MessageType.INVOCATION);
                callee.send(new Yield(invocation.request(), YieldOptions.DEFAULT, invocation.payload()));
            }
        } catch (SocketException closed) {
            return null;
        }
    }

    /** The most that a process has had in memory: KiB. */
    private static long peakMemory(long pid) throws IOException {
        return Arrays.stream(
                        Files.readString(Path.of("/proc/" + pid + "/status")).split("\n"))
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findAny()
                .orElseThrow();
    }
}
