package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.Event;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What survivors are told of the sessions of a node that is killed (docs/guarantees.md, 6 and 12). */
@Tag("cluster")
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionsOfADeadNodeTest {
    private static final int SESSIONS = 200;
    private static final String LAST_WORDS = "proof.last.words";

    /** A lost connection may come back for two seconds, unless Hazelcast finds the node gone before; and two more. */
    private static final Duration TRUTH = Duration.ofSeconds(4);

    private static final int QUIET_MILLIS = 2_000;

    @Test
    void eachLeavesOnceAndItsTestamentComesOnceToEverySurvivorsSubscriber(@TempDir Path directory) throws Exception {
        List<BlockingClient> doomed = new ArrayList<>();
        try (ThreeNodes nodes = ThreeNodes.start(directory);
                BlockingClient first = watcher(nodes.port(0));
                BlockingClient second = watcher(nodes.port(1));
                BlockingClient askingFirst = BlockingClient.join(nodes.port(0));
                BlockingClient askingSecond = BlockingClient.join(nodes.port(1))) {
            Set<Long> sessions = new TreeSet<>();
            for (int i = 0; i < SESSIONS; i++) {
                BlockingClient client = BlockingClient.join(nodes.port(2));
                doomed.add(client);
                sessions.add(client.session());
                client.result("wamp.session.add_testament", LAST_WORDS, List.of(client.session()), Map.of());
            }
            awaitJoined(first, sessions);
            awaitJoined(second, sessions);
            assertThat(askingFirst.result("wamp.session.count")).containsExactly(SESSIONS + 4L);

            nodes.kill(2);
            long killed = System.nanoTime();
            Duration truth = untilCountIs(4, killed, askingFirst, askingSecond);
            assertThat(truth).isLessThan(TRUTH);
            for (BlockingClient survivor : List.of(first, second)) {
                List<Long> left = new ArrayList<>();
                List<Long> words = new ArrayList<>();
                List<Map<String, Object>> gaps = new ArrayList<>();
                readAll(survivor, left, words, gaps);
                assertThat(gaps)
                        .containsExactly(Map.of("node", "node-3", "state", "open", "reason", "connection-lost"));
                assertThat(left).containsExactlyInAnyOrderElementsOf(sessions);
                assertThat(words).containsExactlyInAnyOrderElementsOf(sessions);
            }
            System.out.printf(
                    "node killed with %d sessions: the survivors' counts were right after %d ms%n",
                    SESSIONS, truth.toMillis());
        } finally {
            for (BlockingClient client : doomed) {
                client.close();
            }
        }
    }

    private static BlockingClient watcher(int port) throws IOException {
        BlockingClient client = BlockingClient.join(port);
        client.subscribe("wamp.session.", MatchPolicy.PREFIX);
        client.subscribe(LAST_WORDS, MatchPolicy.EXACT);
        client.subscribe("weft.gap", MatchPolicy.EXACT);
        return client;
    }

    /** Reads on until it has been told of all of them, once. */
    private static void awaitJoined(BlockingClient watcher, Set<Long> sessions) throws IOException {
        List<Long> joined = new ArrayList<>();
        while (!joined.containsAll(sessions)) {
            Event event = (Event) watcher.next(MessageType.EVENT);
            Map<?, ?> details = (Map<?, ?>) watcher.args(event.payload()).get(0);
            joined.add((Long) details.get("session"));
        }
        assertThat(joined).doesNotHaveDuplicates();
    }

    private static Duration untilCountIs(long count, long since, BlockingClient... clients) throws IOException {
        while (true) {
            boolean right = true;
            for (BlockingClient client : clients) {
                right &= client.result("wamp.session.count").get(0).equals(count);
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - since);
            if (right || elapsed.compareTo(TRUTH.multipliedBy(3)) > 0) {
                return elapsed;
            }
        }
    }

    /** Reads until nothing comes any more; nothing but what is looked for may come. */
    private static void readAll(
            BlockingClient watcher, List<Long> left, List<Long> words, List<Map<String, Object>> gaps)
            throws IOException {
        watcher.patience(QUIET_MILLIS);
        try {
            while (true) {
                Event event = (Event) watcher.next(MessageType.EVENT);
                if (!watcher.kwargs(event.payload()).isEmpty()) {
                    gaps.add(watcher.kwargs(event.payload()));
                    continue;
                }
                Long session = (Long) watcher.args(event.payload()).get(0);
                (event.details().topic() == null ? words : left).add(session);
            }
        } catch (SocketTimeoutException quiet) {
            return;
        }
    }
}
