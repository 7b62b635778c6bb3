package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.load.chaos.net.LoopbackNetwork;
import dev.weft.load.chaos.net.Pair;
import dev.weft.load.chaos.node.Cluster;
import dev.weft.wamp.Event;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A producer is as fast as the link over which its events go, and the link stays up. */
@Tag("cluster")
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowLinkPaceTest {
    private static final Path LAUNCHER = Path.of("..", "weft").toAbsolutePath().normalize();
    private static final String TOPIC = "proof.pace.link";
    private static final int EVENT_BYTES = 8192;

    /** Eighty megabytes: more than may wait for a link. */
    private static final int EVENTS = 10_000;

    private static final long BYTES_PER_SECOND = 10_000_000;

    /** What may be on its way, in the router and in operating systems. */
    private static final long BYTES_AHEAD = 30_000_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aProducerThatIsTooFastForALinkIsSlowedToItsBandwidthAndNothingIsLost(@TempDir Path directory)
            throws Exception {
        try (Cluster cluster = Cluster.start(LoopbackNetwork.create(2), 2, LAUNCHER, directory, List.of());
                BlockingClient producer =
                        BlockingClient.join(cluster.clientAddress(0).getPort());
                BlockingClient receiver =
                        BlockingClient.join(cluster.clientAddress(1).getPort())) {
            receiver.subscribe(TOPIC, MatchPolicy.EXACT);
            cluster.links().slow(Pair.of(0, 1), Duration.ZERO, BYTES_PER_SECOND);
            Future<Integer> read = threads.submit(() -> read(receiver));

            long begin = System.nanoTime();
            for (int number = 0; number < EVENTS; number++) {
                producer.publishLater(TOPIC, number, "x".repeat(EVENT_BYTES));
            }
            producer.flush();
            double seconds = (System.nanoTime() - begin) / 1e9;

            assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo(EVENTS);
            System.out.printf("over a slow link: published in %.1f s%n", seconds);
            assertThat(seconds)
                    .as("seconds")
                    .isGreaterThan((double) ((long) EVENTS * EVENT_BYTES - BYTES_AHEAD) / BYTES_PER_SECOND);
            for (int node = 1; node <= 2; node++) {
                assertThat(Files.readString(directory.resolve("node-" + node + ".log")))
                        .doesNotContain("is down", "ERROR");
            }
        }
    }

    private static int read(BlockingClient receiver) throws IOException {
        receiver.patience(30_000);
        for (int expected = 0; expected < EVENTS; expected++) {
            Event event = (Event) receiver.next(MessageType.EVENT);
            assertThat(receiver.number(event.payload())).isEqualTo(expected);
        }
        return EVENTS;
    }
}
