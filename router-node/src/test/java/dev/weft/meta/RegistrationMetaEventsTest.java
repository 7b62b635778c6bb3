package dev.weft.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.SimulatedNodes;
import dev.weft.wamp.Event;
import dev.weft.wamp.InvocationPolicy;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Unregister;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrationMetaEventsTest {
    private final SimulatedNodes nodes = new SimulatedNodes(new Random(5), 3, 2, MetaAccess.READ);
    private final List<Watcher> watchers = new ArrayList<>();
    private Caller first;
    private Caller second;

    @BeforeEach
    void watchEverywhere() {
        first = new Caller(nodes, 0, 1, SerializerId.JSON);
        second = new Caller(nodes, 1, 0, SerializerId.CBOR);
        for (int node = 0; node < 3; node++) {
            watchers.add(new Watcher(nodes, node, node % 2, SerializerId.values()[node], "wamp."));
        }
        watchers.forEach(watcher -> watcher.connection().received().removeIf(Event.class::isInstance));
    }

    private long register(Caller caller, MatchPolicy match, String procedure) {
        RegisterOptions options = new RegisterOptions(match, InvocationPolicy.ROUNDROBIN, false, false);
        caller.says(new Register(caller.nextRequest(), options, procedure));
        nodes.settle();
        List<Registered> answers = caller.connection().received(Registered.class);
        return answers.get(answers.size() - 1).registration();
    }

    private static List<String> words(Watcher watcher) {
        return watcher.seen().stream()
                .map(seen -> seen.topic().substring("wamp.".length()) + " "
                        + seen.args().get(0))
                .toList();
    }

    @Test
    void everySubscriberIsToldOfTheFirstCalleeOfFurtherOnesAndOfTheLast() {
        long registration = register(first, MatchPolicy.PREFIX, "com.example.");
        assertThat(register(second, MatchPolicy.PREFIX, "com.example.")).isEqualTo(registration);
        first.says(new Unregister(first.nextRequest(), registration));
        nodes.settle();
        second.connection().lost();
        nodes.settle();
        for (Watcher watcher : watchers) {
            assertThat(words(watcher))
                    .containsExactly(
                            "registration.on_create " + first.session(),
                            "registration.on_register " + first.session(),
                            "registration.on_register " + second.session(),
                            "registration.on_unregister " + first.session(),
                            "registration.on_unregister " + second.session(),
                            "registration.on_delete " + second.session(),
                            "session.on_leave " + second.session());
            assertThat(watcher.seen().get(0).args().get(1))
                    .isEqualTo(Map.of(
                            "id", registration,
                            "created", "1970-01-01T00:00:00Z",
                            "uri", "com.example.",
                            "match", "prefix",
                            "invoke", "roundrobin"));
            assertThat(watcher.seen().subList(1, 6))
                    .allSatisfy(seen -> assertThat(seen.args().get(1)).isEqualTo(registration));
            assertThat(watcher.seen()).isEqualTo(watchers.get(0).seen());
            assertThat(watcher.seen().stream().map(Watcher.Seen::publication)).doesNotHaveDuplicates();
        }
    }

    @Test
    void theRegistrationsOfADeadNodeEndBeforeItsSessionsLeave() {
        register(second, MatchPolicy.EXACT, "com.example.procedure");
        watchers.forEach(watcher -> watcher.connection().received().removeIf(Event.class::isInstance));
        nodes.kill(1);
        nodes.settle();
        for (Watcher survivor : List.of(watchers.get(0), watchers.get(2))) {
            assertThat(survivor.storyOf(second.session())).containsExactly("on_unregister", "on_delete", "on_leave");
        }
    }

    /** A REGISTER that is not answered yet when its session ends: nothing of it comes after the news that it left. */
    @Test
    void aRegistrationThatIsGrantedToASessionThatHasEndedIsTakenBackBeforeTheSessionLeaves() {
        for (int seed = 0; seed < 300; seed++) {
            SimulatedNodes two = new SimulatedNodes(new Random(seed), 2, 2, MetaAccess.READ);
            Watcher here = new Watcher(two, 0, 1, SerializerId.JSON, "wamp.");
            Watcher there = new Watcher(two, 1, 0, SerializerId.JSON, "wamp.");
            Caller caller = new Caller(two, 0, 0, SerializerId.JSON);
            for (int i = 0; i < 3; i++) {
                caller.says(new Register(caller.nextRequest(), RegisterOptions.DEFAULT, "com.example.of" + i));
            }
            for (int steps = seed % 20; steps > 0; steps--) {
                two.step();
            }
            caller.connection().lost();
            two.settle();
            for (Watcher watcher : List.of(here, there)) {
                List<String> story = watcher.storyOf(caller.session());
                assertThat(story).as("seed %d", seed).endsWith("on_leave");
                assertThat(story.stream().filter("on_register"::equals).count())
                        .as("seed %d: %s", seed, story)
                        .isEqualTo(story.stream().filter("on_delete"::equals).count());
            }
        }
    }
}
