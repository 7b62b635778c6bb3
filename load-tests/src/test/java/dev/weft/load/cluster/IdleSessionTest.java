package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.load.client.Connector;
import dev.weft.load.client.Endpoint;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SerializerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a node keeps on its heap for a session that does nothing. It is the same in every run, where resident memory depends on
 * when collectors have run. Of the 10,000 bytes that a session may take all told, the rest is for what the heap has spare.
 */
@Tag("cluster")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdleSessionTest {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final int BEFORE = 300;
    private static final int SESSIONS = 3000;
    private static final long MOST = 5_500;

    @ParameterizedTest
    @ValueSource(strings = {"rs://127.0.0.1:%d", "ws://127.0.0.1:%d/ws"})
    void anIdleSessionWithOneSubscriptionTakesFiveAndAHalfKilobytesOfHeapAtMost(String url, @TempDir Path directory)
            throws Exception {
        try (ThreeNodes node = ThreeNodes.start(directory, 1, "");
                Connector connector = new Connector("realm1")) {
            Endpoint endpoint = Endpoint.parse(url.formatted(node.port(0)));
            join(connector, endpoint, 0, BEFORE);
            long before = liveBytes(node.pid(0));
            join(connector, endpoint, BEFORE, BEFORE + SESSIONS);
            long each = (liveBytes(node.pid(0)) - before) / SESSIONS;

            System.out.printf("%s: %,d bytes of heap for an idle session%n", endpoint.speech(), each);
            assertThat(each).as("bytes of heap for a session").isBetween(1_000L, MOST);
        }
    }

    private static void join(Connector connector, Endpoint endpoint, int from, int to) throws Exception {
        for (int number = from; number < to; number++) {
            String topic = "proof.idle.topic-of-its-own." + number;
            CompletableFuture.supplyAsync(() -> connector.connect(endpoint, SerializerId.MSGPACK), connector.loop())
                    .thenCompose(connected -> connected)
                    .thenCompose(peer -> peer.subscribe(topic, MatchPolicy.EXACT))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    /** After a full collection, which counting the objects of a class brings about. */
    private static long liveBytes(long pid) throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process counting = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram").start();
        String counted = new String(counting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = TOTAL.matcher(counted);
        assertThat(total.find()).as("a sum in: %s", counted).isTrue();
        return Long.parseLong(total.group(1));
    }
}
