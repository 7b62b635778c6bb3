package dev.weft.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.SimulatedNodes;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Event;
import dev.weft.wamp.Goodbye;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TestamentsTest {
    private static final String ADD = "wamp.session.add_testament";
    private static final String FLUSH = "wamp.session.flush_testaments";
    private static final String TOPIC = "com.example.last";

    private final SimulatedNodes nodes = new SimulatedNodes(new Random(4), 3, 2, MetaAccess.READ);

    private List<Watcher> watchersEverywhere(String prefix) {
        List<Watcher> watchers = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            for (int loop = 0; loop < 2; loop++) {
                watchers.add(new Watcher(nodes, node, loop, SerializerId.values()[(node + loop) % 3], prefix));
            }
        }
        return watchers;
    }

    private static List<Object> words(Watcher watcher) {
        return watcher.seen().stream().map(seen -> seen.args().get(0)).toList();
    }

    private static Caller heir(SimulatedNodes nodes, int node) {
        return new Caller(nodes, node, 1, SerializerId.JSON);
    }

    private static void add(Caller caller, String word, Map<String, ?> kwargs) {
        assertThat(caller.call(ADD, List.of(TOPIC, List.of(word), Map.of("of", "testament")), kwargs))
                .isEmpty();
    }

    static Stream<Consumer<Caller>> ends() {
        return Stream.of(
                caller -> caller.says(new Goodbye(Map.of(), "wamp.close.close_realm")),
                caller -> caller.says(new Abort(Map.of(), "wamp.error.canceled", Payload.EMPTY)),
                caller -> caller.says(new Publish(9999, PublishOptions.DEFAULT, TOPIC, Payload.EMPTY)),
                caller -> caller.connection().lost());
    }

    @ParameterizedTest
    @MethodSource("ends")
    void howeverASessionEndsItsTestamentsComeOnceToEverySubscriberThoseForItsDetachmentFirst(Consumer<Caller> end) {
        List<Watcher> watchers = watchersEverywhere("com.");
        Caller caller = heir(nodes, 1);
        add(caller, "3", Map.of());
        add(caller, "1", Map.of("scope", "detached"));
        add(caller, "4", Map.of("scope", "destroyed"));
        add(caller, "2", Map.of("scope", "detached"));
        end.accept(caller);
        nodes.settle();
        for (Watcher watcher : watchers) {
            assertThat(words(watcher)).containsExactly("1", "2", "3", "4");
            assertThat(watcher.seen())
                    .allSatisfy(seen -> assertThat(seen.kwargs()).isEqualTo(Map.of("of", "testament")));
            assertThat(watcher.seen()).isEqualTo(watchers.get(0).seen());
        }
    }

    @Test
    void theyComeBeforeTheNewsThatTheSessionLeft() {
        Watcher watcher = new Watcher(nodes, 0, 0, SerializerId.JSON, "");
        Caller caller = heir(nodes, 1);
        add(caller, "last", Map.of());
        caller.connection().lost();
        nodes.settle();
        assertThat(watcher.seen().stream().map(Watcher.Seen::topic)).endsWith(TOPIC, "wamp.session.on_leave");
    }

    @ParameterizedTest
    @EnumSource(SerializerId.class)
    void theWillOfADeadNodesSessionsIsDoneOnceByEachSurvivor(SerializerId serializer) {
        List<Watcher> watchers = watchersEverywhere("com.");
        for (int i = 0; i < 10; i++) {
            add(new Caller(nodes, 2, i % 2, serializer), "session " + i, Map.of());
        }
        nodes.kill(2);
        nodes.settle();
        Object[] all =
                Stream.iterate(0, i -> i + 1).limit(10).map(i -> "session " + i).toArray();
        for (Watcher survivor : watchers.subList(0, 4)) {
            assertThat(words(survivor)).containsExactlyInAnyOrder(all);
        }
    }

    @Test
    void whoeverComesLaterKnowsThem() {
        Caller caller = heir(nodes, 1);
        nodes.cut(0, 1);
        add(caller, "told in the snapshot", Map.of());
        nodes.linkAll();
        nodes.settle();
        Watcher watcher = new Watcher(nodes, 0, 0, SerializerId.JSON, "com.");
        nodes.kill(1);
        nodes.settle();
        assertThat(words(watcher)).containsExactly("told in the snapshot");
    }

    @Test
    void aSessionThatLeavesDuringAPartitionLeavesItsWillOnEachSideOnce() {
        List<Watcher> watchers = watchersEverywhere("com.");
        Caller caller = heir(nodes, 1);
        add(caller, "last", Map.of());
        nodes.cut(0, 1);
        nodes.settle();
        caller.connection().lost();
        nodes.settle();
        nodes.linkAll();
        nodes.settle();
        for (Watcher watcher : watchers) {
            assertThat(words(watcher)).containsExactly("last");
        }
    }

    @Test
    void aSessionThatWasTakenForDeadAndEndsLaterLeavesAnotherPublication() {
        List<Watcher> watchers = watchersEverywhere("com.");
        Caller caller = heir(nodes, 1);
        add(caller, "last", Map.of());
        nodes.cut(0, 1);
        nodes.settle();
        nodes.linkAll();
        nodes.settle();
        caller.connection().lost();
        nodes.settle();
        assertThat(words(watchers.get(0))).containsExactly("last", "last");
        assertThat(watchers.get(0).seen().stream().map(Watcher.Seen::publication))
                .doesNotHaveDuplicates();
        assertThat(words(watchers.get(2))).containsExactly("last");
    }

    @Test
    void whatIsFlushedIsNotPublished() {
        List<Watcher> watchers = watchersEverywhere("com.");
        Caller caller = heir(nodes, 1);
        add(caller, "destroyed", Map.of());
        add(caller, "detached", Map.of("scope", "detached"));
        assertThat(caller.call(FLUSH)).isEmpty();
        caller.connection().lost();
        nodes.settle();
        for (Watcher watcher : watchers) {
            assertThat(words(watcher)).containsExactly("detached");
        }
    }

    /** However event loops, links and control threads take turns. */
    @Test
    void theyComeAfterWhatTheSessionPublishedBefore() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            SimulatedNodes two = new SimulatedNodes(random, 2, 3, MetaAccess.OFF);
            List<Watcher> watchers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                watchers.add(new Watcher(two, i / 3, i % 3, SerializerId.JSON, "com."));
            }
            Caller caller = new Caller(two, 0, random.nextInt(3), SerializerId.JSON);
            add(caller, "last", Map.of());
            for (int i = 0; i < 5; i++) {
                Payload word = caller.serializer().payload(List.of("word " + i), null);
                caller.says(new Publish(caller.nextRequest(), PublishOptions.DEFAULT, TOPIC, word));
                two.step();
            }
            caller.connection().lost();
            two.settle();
            for (Watcher watcher : watchers) {
                assertThat(words(watcher))
                        .as("seed %d", seed)
                        .containsExactly("word 0", "word 1", "word 2", "word 3", "word 4", "last");
            }
        }
    }

    @Test
    void theOptionsAreThoseOfAPublication() {
        List<Watcher> watchers = watchersEverywhere("com.");
        Watcher chosen = watchers.get(3);
        Watcher other = watchers.get(4);
        Caller caller = heir(nodes, 1);
        Map<String, Object> chosenOnly =
                Map.of("eligible", List.of(chosen.session()), "disclose_me", true, "acknowledge", true);
        add(caller, "chosen", Map.of("publish_options", chosenOnly));
        add(caller, "not the other", Map.of("publish_options", Map.of("exclude", List.of(other.session()))));
        caller.connection().lost();
        nodes.settle();
        assertThat(words(chosen)).containsExactly("chosen", "not the other");
        assertThat(words(other)).isEmpty();
        assertThat(words(watchers.get(0))).containsExactly("not the other");
        assertThat(chosen.connection().received(Event.class))
                .extracting(event -> event.details().publisher() != null)
                .containsExactly(true, false);
    }

    @Test
    void aSessionHasTenOfSixtyFourKibibytesEach() {
        Caller caller = heir(nodes, 0);
        String long64 = "x".repeat(64 << 10);
        assertThat(caller.refused(ADD, TOPIC, List.of(long64), Map.of())).isEqualTo("weft.error.limit_exceeded");
        for (int i = 0; i < 10; i++) {
            add(caller, "one", Map.of("scope", i < 5 ? "detached" : "destroyed"));
        }
        assertThat(caller.refused(ADD, TOPIC, List.of(), Map.of())).isEqualTo("weft.error.limit_exceeded");
        caller.call(FLUSH);
        for (int i = 0; i < 5; i++) {
            add(caller, "another", Map.of());
        }
        assertThat(caller.refused(ADD, TOPIC, List.of(), Map.of())).isEqualTo("weft.error.limit_exceeded");
    }

    @Test
    void whatCannotBePublishedIsRefused() {
        Caller caller = heir(nodes, 0);
        for (String topic : List.of("", "no uri", "wamp.session.on_join", "weft.gap")) {
            assertThat(caller.refused(ADD, topic, List.of(), Map.of())).isEqualTo("wamp.error.invalid_uri");
        }
        assertThat(caller.refused(ADD)).isEqualTo("wamp.error.invalid_argument");
        assertThat(caller.refused(ADD, TOPIC, "args")).isEqualTo("wamp.error.invalid_argument");
        assertThat(caller.refused(ADD, TOPIC, List.of(), "kwargs")).isEqualTo("wamp.error.invalid_argument");
        for (Map<String, Object> kwargs : List.<Map<String, Object>>of(
                Map.of("scope", "sometime"),
                Map.of("publish_options", "all"),
                Map.of("publish_options", Map.of("exclude", List.of("x"))),
                Map.of("publish_options", Map.of("retain", 1L)))) {
            assertThat(caller.refused(ADD, List.of(TOPIC, List.of(), Map.of()), kwargs))
                    .isEqualTo("wamp.error.invalid_argument");
        }
        assertThat(caller.refused(FLUSH, List.of(), Map.of("scope", 1L))).isEqualTo("wamp.error.invalid_argument");
    }

    /** RESULT says that every live node has it: the owner may die in the same moment. */
    @Test
    void whatWasAnsweredIsPublishedEvenIfTheNodeDiesAtOnce() {
        for (int seed = 0; seed < 100; seed++) {
            SimulatedNodes three = new SimulatedNodes(new Random(seed), 3, 2, MetaAccess.OFF);
            Watcher first = new Watcher(three, 0, 0, SerializerId.JSON, "com.");
            Watcher second = new Watcher(three, 1, 1, SerializerId.JSON, "com.");
            Caller caller = heir(three, 2);
            caller.ask(ADD, List.of(TOPIC, List.of("last")), Map.of());
            while (caller.connection().received(Result.class).isEmpty()) {
                three.step();
            }
            three.kill(2);
            three.settle();
            assertThat(words(first)).as("seed %d", seed).containsExactly("last");
            assertThat(words(second)).as("seed %d", seed).containsExactly("last");
        }
    }
}
