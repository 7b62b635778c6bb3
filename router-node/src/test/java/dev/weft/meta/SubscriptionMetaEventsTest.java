package dev.weft.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.SimulatedNodes;
import dev.weft.wamp.Event;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unsubscribe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionMetaEventsTest {
    private static final String TOPIC = "com.example.topic";

    private final SimulatedNodes nodes = new SimulatedNodes(new Random(5), 3, 2, MetaAccess.READ);
    private final List<Watcher> watchers = new ArrayList<>();
    private Caller first;
    private Caller second;

    @BeforeEach
    void watchEverywhere() {
        first = new Caller(nodes, 0, 1, SerializerId.JSON);
        second = new Caller(nodes, 1, 0, SerializerId.CBOR);
        for (int node = 0; node < 3; node++) {
            watchers.add(new Watcher(nodes, node, node % 2, SerializerId.values()[node], "wamp.subscription"));
        }
        watchers.forEach(watcher -> watcher.connection().received().removeIf(Event.class::isInstance));
    }

    private long subscribe(Caller client, MatchPolicy match, String topic) {
        client.says(new Subscribe(client.nextRequest(), new SubscribeOptions(match, false), topic));
        nodes.settle();
        List<Subscribed> answers = client.connection().received(Subscribed.class);
        return answers.get(answers.size() - 1).subscription();
    }

    private static List<String> words(Watcher watcher) {
        return watcher.seen().stream()
                .map(seen -> seen.topic().substring("wamp.subscription.".length()) + " "
                        + seen.args().get(0))
                .toList();
    }

    @Test
    void everyListenerIsToldOfTheFirstSubscriberOfFurtherOnesAndOfTheLastOnce() {
        long id = subscribe(first, MatchPolicy.WILDCARD, "com..topic");
        assertThat(subscribe(second, MatchPolicy.WILDCARD, "com..topic")).isEqualTo(id);
        subscribe(second, MatchPolicy.WILDCARD, "com..topic");
        first.says(new Unsubscribe(first.nextRequest(), id));
        nodes.settle();
        second.connection().lost();
        nodes.settle();
        for (Watcher watcher : watchers) {
            assertThat(words(watcher))
                    .containsExactly(
                            "on_create " + first.session(),
                            "on_subscribe " + first.session(),
                            "on_subscribe " + second.session(),
                            "on_unsubscribe " + first.session(),
                            "on_unsubscribe " + second.session(),
                            "on_delete " + second.session());
            assertThat(watcher.seen().get(0).args().get(1))
                    .isEqualTo(Map.of(
                            "id", id, "created", "1970-01-01T00:00:00Z", "uri", "com..topic", "match", "wildcard"));
            assertThat(watcher.seen().subList(1, 6))
                    .allSatisfy(seen -> assertThat(seen.args().get(1)).isEqualTo(id));
            assertThat(watcher.seen()).isEqualTo(watchers.get(0).seen());
            assertThat(watcher.seen().stream().map(Watcher.Seen::publication)).doesNotHaveDuplicates();
        }
    }

    @Test
    void theSubscribersOfADeadNodeAreGoneForEachListenerThatIsLeft() {
        long shared = subscribe(first, MatchPolicy.EXACT, TOPIC);
        subscribe(second, MatchPolicy.EXACT, TOPIC);
        long own = subscribe(second, MatchPolicy.EXACT, "com.example.own");
        watchers.forEach(watcher -> watcher.connection().received().removeIf(Event.class::isInstance));
        nodes.kill(1);
        nodes.settle();
        for (Watcher survivor : List.of(watchers.get(0), watchers.get(2))) {
            assertThat(survivor.seen().stream()
                            .map(seen -> seen.topic().substring("wamp.subscription.".length()) + " "
                                    + seen.args().get(1)))
                    .containsExactlyInAnyOrder("on_unsubscribe " + shared, "on_unsubscribe " + own, "on_delete " + own)
                    .containsSubsequence("on_unsubscribe " + own, "on_delete " + own);
        }
    }

    @Test
    void whoComesLateIsToldOfTheEndOfWhatItDidNotSeeBegin() {
        long id = subscribe(first, MatchPolicy.EXACT, TOPIC);
        subscribe(second, MatchPolicy.EXACT, TOPIC);
        Watcher late = new Watcher(nodes, 2, 1, SerializerId.JSON, "wamp.subscription.on_");
        assertThat(late.seen()).isEmpty();
        nodes.kill(1);
        nodes.settle();
        first.says(new Unsubscribe(first.nextRequest(), id));
        nodes.settle();
        assertThat(words(late))
                .containsExactly(
                        "on_unsubscribe " + second.session(),
                        "on_unsubscribe " + first.session(),
                        "on_delete " + first.session());
    }

    @Test
    void subscriptionsToTheRoutersOwnTopicsAreNotTold() {
        subscribe(first, MatchPolicy.EXACT, "wamp.session.on_join");
        subscribe(first, MatchPolicy.PREFIX, "wamp.");
        assertThat(watchers).allSatisfy(watcher -> assertThat(watcher.seen()).isEmpty());
        subscribe(first, MatchPolicy.PREFIX, "");
        assertThat(watchers)
                .allSatisfy(watcher ->
                        assertThat(watcher.storyOf(first.session())).containsExactly("on_create", "on_subscribe"));
    }

    @Test
    void whileNobodyListensNobodyIsTold() {
        SimulatedNodes quiet = new SimulatedNodes(new Random(5), 2, 2, MetaAccess.READ);
        Watcher passing = new Watcher(quiet, 0, 0, SerializerId.JSON, "wamp.subscription.on_create");
        Caller client = new Caller(quiet, 1, 1, SerializerId.JSON);
        client.says(new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, TOPIC));
        quiet.settle();
        assertThat(passing.storyOf(client.session())).containsExactly("on_create");
        assertThat(quiet.tables(0)
                        .tables(SimulatedNodes.REALM)
                        .subscriptions()
                        .watch()
                        .size())
                .isEqualTo(1);
        passing.connection().lost();
        quiet.settle();
        assertThat(quiet.tables(0)
                        .tables(SimulatedNodes.REALM)
                        .subscriptions()
                        .watch()
                        .size())
                .isZero();
        assertThat(quiet.tables(1)
                        .tables(SimulatedNodes.REALM)
                        .subscriptions()
                        .watch()
                        .size())
                .isZero();
    }

    @Test
    void whereTheMetaApiIsOffNobodyIsTold() {
        SimulatedNodes silent = new SimulatedNodes(new Random(5), 2, 1, MetaAccess.OFF);
        Watcher curious = new Watcher(silent, 0, 0, SerializerId.JSON, "wamp.subscription.on_create");
        Caller client = new Caller(silent, 1, 0, SerializerId.JSON);
        client.says(new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, TOPIC));
        silent.settle();
        assertThat(curious.seen()).isEmpty();
        assertThat(silent.tables(0)
                        .tables(SimulatedNodes.REALM)
                        .subscriptions()
                        .watch()
                        .size())
                .isZero();
    }

    /** Clients subscribe, unsubscribe and leave in any order: each listener sees whole lives of subscriptions. */
    @Test
    void everyListenerSeesEachSubscriptionCreatedOnceThenItsSubscribersThenItDeleted() {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            SimulatedNodes some = new SimulatedNodes(random, 2 + seed % 2, 2, MetaAccess.READ);
            List<Watcher> listeners = new ArrayList<>();
            for (int node = 0; node < some.size(); node++) {
                listeners.add(new Watcher(some, node, random.nextInt(2), SerializerId.JSON, "wamp.subscription"));
            }
            List<Caller> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(new Caller(some, random.nextInt(some.size()), random.nextInt(2), SerializerId.JSON));
            }
            for (int i = 0; i < 60; i++) {
                act(clients.get(random.nextInt(clients.size())), random);
                for (int steps = random.nextInt(8); steps > 0; steps--) {
                    some.step();
                }
            }
            some.settle();
            for (Caller client : clients) {
                client.connection().lost();
            }
            some.settle();
            for (Watcher listener : listeners) {
                assertWhole(listener, "seed " + seed);
                assertThat(Set.copyOf(joins(listener)))
                        .as("seed %d", seed)
                        .isEqualTo(Set.copyOf(joins(listeners.get(0))));
            }
        }
    }

    private static void act(Caller client, Random random) {
        List<Subscribed> held = client.connection().received(Subscribed.class);
        if (!held.isEmpty() && random.nextBoolean()) {
            client.says(new Unsubscribe(
                    client.nextRequest(), held.get(random.nextInt(held.size())).subscription()));
        } else {
            client.says(
                    new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, "com.example.t" + random.nextInt(2)));
        }
    }

    private static List<Long> joins(Watcher listener) {
        return listener.seen().stream()
                .filter(seen -> seen.topic().endsWith("subscribe"))
                .map(Watcher.Seen::publication)
                .toList();
    }

    private static void assertWhole(Watcher listener, String description) {
        Map<Object, Set<Object>> members = new HashMap<>();
        for (Watcher.Seen seen : listener.seen()) {
            Object second = seen.args().get(1);
            Object session = seen.args().get(0);
            Object id = second instanceof Map<?, ?> details ? details.get("id") : second;
            switch (seen.topic().substring("wamp.subscription.".length())) {
                case "on_create" ->
                    assertThat(members.put(id, new HashSet<>())).as(description).isNull();
                case "on_subscribe" ->
                    assertThat(members.get(id).add(session)).as(description).isTrue();
                case "on_unsubscribe" ->
                    assertThat(members.get(id).remove(session)).as(description).isTrue();
                default -> assertThat(members.remove(id)).as(description).isEmpty();
            }
        }
        assertThat(members).as(description).isEmpty();
    }
}
