package dev.weft.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.Unregistered;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One node is stopped by SIGSTOP, longer than the others wait for it, and goes on: nobody waits for it for long, and it
 * comes back with its clients (docs/clustering.md).
 */
@Tag("cluster")
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FrozenNodeTest {
    private static final int TOPICS = 60;
    private static final String PROCEDURE = "proof.frozen.procedure";
    /** A peer that acknowledges nothing for two seconds is fenced, looked for each quarter of a second. */
    private static final Duration FENCED = Duration.ofMillis(2_500);

    /** Six seconds, and two because this machine may be busy. */
    private static final Duration FOUND_DEAD = Duration.ofSeconds(8);

    private static final Duration GIVEN_UP = Duration.ofSeconds(11);
    private static final Duration BACK = Duration.ofSeconds(5);

    @ParameterizedTest(name = "node-{0}")
    @ValueSource(ints = {1, 3})
    void aFrozenNodeHoldsUpNobodyForLongAndComesBackWithItsClients(
            int number, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        int cold = number - 1;
        int one = (cold + 1) % ThreeNodes.NODES;
        int other = (cold + 2) % ThreeNodes.NODES;
        try (ThreeNodes nodes = oneAfterTheOther(directory);
                BlockingClient publisher = BlockingClient.join(nodes.port(other));
                BlockingClient subscriber = BlockingClient.join(nodes.port(one));
                BlockingClient heir = BlockingClient.join(nodes.port(one));
                BlockingClient caller = BlockingClient.join(nodes.port(other));
                BlockingClient sleeper = BlockingClient.join(nodes.port(cold))) {
            sleeper.register(PROCEDURE);
            sleeper.subscribe("proof.frozen.sleeper", MatchPolicy.EXACT);
            nodes.freeze(cold);
            long frozen = System.nanoTime();

            List<Duration> answers = subscribeToAll(subscriber);
            Duration slowest = answers.get(answers.size() - 1);
            subscriber.subscribe("proof.frozen.topic.0", MatchPolicy.EXACT);
            publisher.publish("proof.frozen.topic.0", 7);
            assertThat(subscriber.number(((Event) subscriber.next(MessageType.EVENT)).payload()))
                    .isEqualTo(7);
            Duration takenOver = takeOver(heir, frozen);

            nodes.thaw(cold);
            long thawed = System.nanoTime();
            Unregistered revoked = (Unregistered) heir.next(MessageType.UNREGISTERED);
            Duration told = since(thawed);
            assertThat(revoked.request()).isZero();
            Duration called = call(caller, sleeper, thawed);
            subscriber.publish("proof.frozen.sleeper", 12);
            assertThat(sleeper.number(((Event) sleeper.next(MessageType.EVENT)).payload()))
                    .isEqualTo(12);

            System.out.printf(
                    "node-%d frozen: the last of %d SUBSCRIBEs answered after %d ms; its registration taken over after %d ms, and"
                            + " given back %d ms after it woke and called after %d ms%n",
                    number, TOPICS, slowest.toMillis(), takenOver.toMillis(), told.toMillis(), called.toMillis());
            assertThat(slowest).as("the last SUBSCRIBED").isLessThan(FENCED);
            assertThat(takenOver).isLessThan(FOUND_DEAD);
            assertThat(told).isLessThan(BACK);
        }
    }

    /** One joins after the other, so that the first is Hazelcast's oldest member, which decides who is one. */
    private static ThreeNodes oneAfterTheOther(Path directory) throws IOException {
        ThreeNodes nodes = ThreeNodes.start(directory, 1, "");
        for (int node = 1; node < ThreeNodes.NODES; node++) {
            nodes.launch(node);
            nodes.awaitReady(node);
        }
        return nodes;
    }

    /** All at once; how long each was waited for, in the order of the answers. */
    private static List<Duration> subscribeToAll(BlockingClient subscriber) throws IOException {
        long begin = System.nanoTime();
        for (int topic = 0; topic < TOPICS; topic++) {
            subscriber.requestSubscription("proof.frozen.topic." + topic);
        }
        List<Duration> answers = new ArrayList<>();
        for (int topic = 0; topic < TOPICS; topic++) {
            subscriber.next(MessageType.SUBSCRIBED);
            answers.add(since(begin));
        }
        return answers;
    }

    /** Calls until the caller's node, too, is linked with the one that woke. */
    private static Duration call(BlockingClient caller, BlockingClient sleeper, long thawed) throws Exception {
        CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serveOnce(sleeper));
        while (true) {
            caller.call(PROCEDURE, 11);
            WampMessage answer = caller.next();
            if (answer instanceof Result result) {
                assertThat(caller.number(result.payload())).isEqualTo(11);
                served.get(1, TimeUnit.SECONDS);
                return since(thawed);
            }
            assertThat(((ErrorMessage) answer).error()).isEqualTo("wamp.error.no_such_procedure");
            assertThat(since(thawed)).as("time until it could be called").isLessThan(BACK);
        }
    }

    private static void serveOnce(BlockingClient sleeper) {
        try {
            Invocation invocation = (Invocation) sleeper.next(MessageType.INVOCATION);
            sleeper.send(new Yield(invocation.request(), YieldOptions.DEFAULT, invocation.payload()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Asks until it is granted. */
    private static Duration takeOver(BlockingClient heir, long frozen) throws IOException {
        while (true) {
            heir.requestRegistration(PROCEDURE);
            WampMessage answer = heir.next();
            if (answer instanceof Registered) {
                return since(frozen);
            }
            assertThat(((ErrorMessage) answer).error()).isEqualTo("wamp.error.procedure_already_exists");
            assertThat(since(frozen)).as("time until it could be taken over").isLessThan(GIVEN_UP);
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
