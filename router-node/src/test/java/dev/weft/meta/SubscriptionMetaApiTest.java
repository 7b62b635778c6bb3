package dev.weft.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedNodes;
import dev.weft.transport.CloseReason;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unsubscribe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubscriptionMetaApiTest {
    private final SimulatedNodes nodes = new SimulatedNodes(new Random(7), 3, 2, MetaAccess.FULL);
    private final List<Caller> subscribers = new ArrayList<>();
    private Caller caller;

    @BeforeEach
    void joinEverywhere() {
        caller = new Caller(nodes, 0, 0, SerializerId.JSON);
        for (int node = 0; node < 3; node++) {
            for (int loop = 0; loop < 2; loop++) {
                subscribers.add(new Caller(nodes, node, loop, SerializerId.values()[node]));
            }
        }
    }

    private long subscribe(Caller client, MatchPolicy match, String topic) {
        client.says(new Subscribe(client.nextRequest(), new SubscribeOptions(match, false), topic));
        nodes.settle();
        List<Subscribed> answers = client.connection().received(Subscribed.class);
        return answers.get(answers.size() - 1).subscription();
    }

    private Object[] sessions() {
        return subscribers.stream().map(Caller::session).toArray();
    }

    @ParameterizedTest
    @EnumSource(SerializerId.class)
    void everyNodeListsAndDescribesTheSubscriptionsOfAll(SerializerId serializer) {
        long exact = subscribe(subscribers.get(5), MatchPolicy.EXACT, "com.example.a");
        long prefix = subscribe(subscribers.get(2), MatchPolicy.PREFIX, "com.example");
        long wildcard = subscribe(subscribers.get(0), MatchPolicy.WILDCARD, "com..a");
        for (int node = 0; node < 3; node++) {
            Caller asking = new Caller(nodes, node, 1, serializer);
            assertThat(asking.call("wamp.subscription.list"))
                    .containsExactly(
                            Map.of("exact", List.of(exact), "prefix", List.of(prefix), "wildcard", List.of(wildcard)));
            assertThat(asking.call("wamp.subscription.match", "com.example.a"))
                    .containsExactly(List.of(exact, prefix, wildcard));
            assertThat(asking.call("wamp.subscription.lookup", "com.example.a")).containsExactly(exact);
            assertThat(asking.call("wamp.subscription.lookup", "com.example", Map.of("match", "prefix")))
                    .containsExactly(prefix);
            assertThat(asking.call("wamp.subscription.get", wildcard))
                    .containsExactly(Map.of(
                            "id", wildcard, "created", "1970-01-01T00:00:00Z", "uri", "com..a", "match", "wildcard"));
        }
    }

    @Test
    void subscribersAreListedWhereverTheyAre() {
        long id = 0;
        for (Caller subscriber : subscribers) {
            id = subscribe(subscriber, MatchPolicy.EXACT, "com.example.a");
        }
        assertThat(((List<?>) caller.call("wamp.subscription.list_subscribers", id)
                                .get(0))
                        .toArray())
                .containsExactlyInAnyOrder(sessions());
        assertThat(caller.call("wamp.subscription.count_subscribers", id)).containsExactly(6L);
        subscribers.get(3).says(new Unsubscribe(subscribers.get(3).nextRequest(), id));
        subscribers.get(4).connection().lost();
        nodes.settle();
        assertThat(caller.call("wamp.subscription.count_subscribers", id)).containsExactly(4L);
    }

    @Test
    void aNodeThatDiesWhileItIsAskedIsNotWaitedFor() {
        long id = 0;
        for (Caller subscriber : subscribers) {
            id = subscribe(subscriber, MatchPolicy.EXACT, "com.example.a");
        }
        long request = caller.ask("wamp.subscription.count_subscribers", List.of(id), Map.of());
        for (int steps = 0; steps < 4; steps++) {
            nodes.step();
        }
        nodes.kill(2);
        nodes.settle();
        assertThat(caller.resultOf(request)).containsExactly(4L);
    }

    @Test
    void whatNobodyHoldsIsNotFound() {
        for (String procedure : List.of("get", "list_subscribers", "count_subscribers")) {
            assertThat(caller.refused("wamp.subscription." + procedure, 4711L))
                    .isEqualTo("wamp.error.no_such_subscription");
            assertThat(caller.refused("wamp.subscription." + procedure, "x")).isEqualTo("wamp.error.invalid_argument");
        }
        assertThat(caller.call("wamp.subscription.match", "com.example.a")).isEqualTo(Arrays.asList((Object) null));
        assertThat(caller.call("wamp.subscription.lookup", "com.example.a")).isEqualTo(Arrays.asList((Object) null));
        assertThat(caller.refused("wamp.subscription.lookup", "com.example.a", Map.of("match", "fuzzy")))
                .isEqualTo("wamp.error.invalid_argument");
        assertThat(caller.refused("wamp.subscription.lookup")).isEqualTo("wamp.error.invalid_argument");
    }

    @Test
    void aSubscriptionIsTakenFromASessionOnAnotherNode() {
        Caller told = new Caller(nodes, nodes.hello(1, 1, SerializerId.JSON, "subscription_revocation"));
        Caller untold = subscribers.get(4);
        long id = subscribe(told, MatchPolicy.EXACT, "com.example.a");
        subscribe(untold, MatchPolicy.EXACT, "com.example.a");
        assertThat(caller.call("wamp.subscription.remove_subscriber", id, told.session(), "enough"))
                .isEmpty();
        assertThat(told.connection().received().get(told.connection().received().size() - 1))
                .hasToString("Unsubscribed[request=0, revoked=Revocation[id=" + id + ", reason=enough]]");
        caller.call("wamp.subscription.remove_subscriber", id, untold.session());
        assertThat(untold.connection().closed()).isEqualTo(CloseReason.REVOKED);
        assertThat(caller.refused("wamp.subscription.count_subscribers", id))
                .isEqualTo("wamp.error.no_such_subscription");
    }

    @Test
    void whoMayReadTakesNothingFromOthersAndWhoMayNotGetsNothing() {
        SimulatedNodes reading = new SimulatedNodes(new Random(3), 1, 2, MetaAccess.READ);
        Caller reader = new Caller(reading, 0, 0, SerializerId.JSON);
        assertThat(reader.refused("wamp.subscription.remove_subscriber", 1L, reader.session()))
                .isEqualTo("wamp.error.not_authorized");
        SimulatedNodes silent = new SimulatedNodes(new Random(3), 1, 2, MetaAccess.OFF);
        Caller client = new Caller(silent, 0, 0, SerializerId.JSON);
        for (String procedure : List.of("list", "lookup", "match", "get", "remove_subscriber")) {
            assertThat(client.refused("wamp.subscription." + procedure, 1L)).isEqualTo("wamp.error.no_such_procedure");
        }
    }

    @Test
    void aLongListIsRefusedByATransportThatDoesNotTakeIt() {
        RecordingConnection connection = caller.connection();
        for (int i = 0; i < 20; i++) {
            subscribe(subscribers.get(0), MatchPolicy.EXACT, "com.example.n" + i);
        }
        connection.limit(120);
        assertThat(caller.refused("wamp.subscription.list")).isEqualTo("wamp.error.payload_size_exceeded");
    }
}
