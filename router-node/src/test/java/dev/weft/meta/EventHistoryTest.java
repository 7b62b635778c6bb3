package dev.weft.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cluster.table.HistoryBounds;
import dev.weft.testkit.SimulatedNodes;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unsubscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventHistoryTest {
    private static final String GET = "wamp.subscription.get_events";
    private static final String NEWS = "com.example.news";
    private static final HistoryBounds BOUNDS = new HistoryBounds(1000, 1 << 20, 0);

    private final SimulatedNodes nodes = new SimulatedNodes(new Random(3), 3, 2, MetaAccess.READ);
    private Caller publisher;

    @BeforeEach
    void keepHistories() {
        nodes.keepHistory(MatchPolicy.EXACT, NEWS, BOUNDS);
        nodes.keepHistory(MatchPolicy.PREFIX, "com.example", BOUNDS);
        nodes.keepHistory(MatchPolicy.WILDCARD, "org..x", BOUNDS);
        publisher = new Caller(nodes, 0, 0, SerializerId.JSON);
    }

    private static PublishOptions options(@Nullable ReceiverFilter receivers) {
        return new PublishOptions(true, true, false, false, receivers, null);
    }

    private long publish(Caller client, String topic, PublishOptions options, Object... args) {
        client.says(new Publish(
                client.nextRequest(), options, topic, client.serializer().payload(List.of(args), null)));
        nodes.settle();
        List<Published> answers = client.connection().received(Published.class);
        return answers.get(answers.size() - 1).publication();
    }

    private long publish(String topic, Object... args) {
        return publish(publisher, topic, options(null), args);
    }

    private static long lookup(Caller client, MatchPolicy match, String topic) {
        return (Long) client.call("wamp.subscription.lookup", topic, Map.of("match", match.text()))
                .get(0);
    }

    private static List<Long> publications(List<?> events) {
        return events.stream()
                .map(event -> (Long) ((Map<?, ?>) event).get("publication"))
                .toList();
    }

    private static List<Long> get(Caller client, long id, Map<String, ?> filters) {
        return publications(client.call(GET, List.of(id), filters));
    }

    @ParameterizedTest
    @EnumSource(SerializerId.class)
    void everyNodeTellsTheSamePastWithoutASubscriber(SerializerId serializer) {
        nodes.historyTime(1_700_000_000_123L);
        long exact = publish(NEWS, "a", 1L);
        publisher.says(new Publish(
                publisher.nextRequest(),
                options(null),
                "com.example.other",
                publisher.serializer().payload(List.of(), Map.of("k", "v"))));
        nodes.settle();
        publish("net.elsewhere", "unkept");
        for (int node = 0; node < 3; node++) {
            Caller reader = new Caller(nodes, node, 1, serializer);
            long news = lookup(reader, MatchPolicy.EXACT, NEWS);
            assertThat(reader.call(GET, news))
                    .containsExactly(Map.of(
                            "timestamp",
                            "2023-11-14T22:13:20.123Z",
                            "subscription",
                            news,
                            "publication",
                            exact,
                            "details",
                            Map.of(),
                            "args",
                            List.of("a", 1L)));
            List<Object> all = reader.call(GET, lookup(reader, MatchPolicy.PREFIX, "com.example"));
            assertThat(all).hasSize(2);
            assertThat((Map<?, ?>) all.get(0)).extracting("details").isEqualTo(Map.of("topic", NEWS));
            assertThat((Map<?, ?>) all.get(1)).extracting("kwargs").isEqualTo(Map.of("k", "v"));
            assertThat(reader.call(GET, lookup(reader, MatchPolicy.WILDCARD, "org..x")))
                    .isEmpty();
        }
    }

    @Test
    void theFiltersAllHaveToHold() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            nodes.historyTime(1000L * i);
            ids.add(publish(i % 2 == 0 ? NEWS : "com.example.other", (long) i));
        }
        Caller reader = new Caller(nodes, 2, 0, SerializerId.MSGPACK);
        long id = lookup(reader, MatchPolicy.PREFIX, "com.example");
        assertThat(get(reader, id, Map.of())).isEqualTo(ids);
        assertThat(get(reader, id, Map.of("limit", 2L))).isEqualTo(ids.subList(0, 2));
        assertThat(get(reader, id, Map.of("limit", 2L, "reverse", true))).containsExactly(ids.get(9), ids.get(8));
        assertThat(get(reader, id, Map.of("topic", NEWS, "limit", 3L)))
                .containsExactly(ids.get(0), ids.get(2), ids.get(4));
        assertThat(get(reader, id, Map.of("from_publication", ids.get(3), "before_publication", ids.get(6))))
                .isEqualTo(ids.subList(3, 6));
        assertThat(get(reader, id, Map.of("after_publication", ids.get(3), "until_publication", ids.get(6))))
                .isEqualTo(ids.subList(4, 7));
        assertThat(get(
                        reader,
                        id,
                        Map.of("from_time", "1970-01-01T00:00:03Z", "until_time", "1970-01-01T01:00:06+01:00")))
                .isEqualTo(ids.subList(3, 7));
        assertThat(get(reader, id, Map.of("after_time", "1970-01-01T00:00:03Z", "before_time", "1970-01-01T00:00:06Z")))
                .isEqualTo(ids.subList(4, 6));
        assertThat(get(
                        reader,
                        id,
                        Map.of("after_time", "1970-01-01T00:00:02.9999Z", "before_time", "1970-01-01T00:00:06.0001Z")))
                .isEqualTo(ids.subList(3, 7));
        assertThat(get(
                        reader,
                        id,
                        Map.of(
                                "from_time",
                                "1970-01-01T00:00:03Z",
                                "until_publication",
                                ids.get(7),
                                "topic",
                                "com.example.other",
                                "reverse",
                                true)))
                .containsExactly(ids.get(7), ids.get(5), ids.get(3));
    }

    static List<Map<String, Object>> nonsense() {
        return List.of(
                Map.of("limit", 0L),
                Map.of("limit", -1L),
                Map.of("limit", "10"),
                Map.of("limit", 1.5),
                Map.of("reverse", "yes"),
                Map.of("topic", 5L),
                Map.of("from_time", "yesterday"),
                Map.of("after_time", 1_700_000_000L),
                Map.of("until_time", "+999999999-12-31T23:59:59Z"),
                Map.of("before_time", "2026-13-01T00:00:00Z"),
                Map.of("from_publication", "x"),
                Map.of("until_publication", 0L),
                Map.of("after_publication", 4711L),
                Map.of("form_time", "1970-01-01T00:00:03Z"));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void filtersThatMakeNoSenseAreRefused(Map<String, Object> filters) {
        publish(NEWS, "a");
        Caller reader = new Caller(nodes, 1, 0, SerializerId.CBOR);
        long id = lookup(reader, MatchPolicy.EXACT, NEWS);
        assertThat(reader.refused(GET, List.of(id), filters)).isEqualTo("wamp.error.invalid_argument");
    }

    @Test
    void whatHasNoHistoryIsToldFromWhatIsNoSubscription() {
        Caller reader = new Caller(nodes, 1, 0, SerializerId.CBOR);
        assertThat(reader.refused(GET, 4711L)).isEqualTo("wamp.error.no_such_subscription");
        assertThat(reader.refused(GET, "x")).isEqualTo("wamp.error.invalid_argument");
        assertThat(reader.refused(GET)).isEqualTo("wamp.error.invalid_argument");
        long other = subscribe(reader, MatchPolicy.EXACT, "com.example.other");
        assertThat(reader.refused(GET, other)).isEqualTo("wamp.error.history_unavailable");
        SimulatedNodes without = new SimulatedNodes(new Random(1), 1, 1, MetaAccess.FULL);
        assertThat(new Caller(without, 0, 0, SerializerId.JSON).refused(GET, 1L))
                .isEqualTo("wamp.error.no_such_procedure");
    }

    private long subscribe(Caller client, MatchPolicy match, String topic) {
        client.says(new Subscribe(client.nextRequest(), new SubscribeOptions(match, false), topic));
        nodes.settle();
        List<Subscribed> answers = client.connection().received(Subscribed.class);
        return answers.get(answers.size() - 1).subscription();
    }

    @Test
    void theSubscriptionKeepsItsIdWhileSubscribersComeAndGo() {
        Caller reader = new Caller(nodes, 1, 0, SerializerId.CBOR);
        long before = lookup(reader, MatchPolicy.EXACT, NEWS);
        publish(NEWS, "a");
        assertThat(subscribe(reader, MatchPolicy.EXACT, NEWS)).isEqualTo(before);
        publish(NEWS, "b");
        assertThat(reader.call("wamp.subscription.count_subscribers", before)).containsExactly(1L);
        reader.says(new Unsubscribe(reader.nextRequest(), before));
        nodes.settle();
        publish(NEWS, "c");
        Caller other = new Caller(nodes, 2, 1, SerializerId.JSON);
        assertThat(lookup(other, MatchPolicy.EXACT, NEWS)).isEqualTo(before);
        assertThat(other.call("wamp.subscription.count_subscribers", before)).containsExactly(0L);
        assertThat(other.call(GET, before)).hasSize(3);
    }

    @Test
    void theHistoryIsThereWithoutTheMetaApiForWhoeverIsSubscribed() {
        SimulatedNodes closed = new SimulatedNodes(new Random(5), 2, 1, MetaAccess.OFF);
        closed.keepHistory(MatchPolicy.EXACT, NEWS, BOUNDS);
        Caller reader = new Caller(closed, 1, 0, SerializerId.JSON);
        reader.says(new Subscribe(reader.nextRequest(), SubscribeOptions.DEFAULT, NEWS));
        closed.settle();
        long id = reader.connection().received(Subscribed.class).get(0).subscription();
        Caller from = new Caller(closed, 0, 0, SerializerId.JSON);
        from.says(new Publish(
                from.nextRequest(), options(null), NEWS, from.serializer().payload(List.of("x"), null)));
        closed.settle();
        assertThat(reader.call(GET, id)).hasSize(1);
        assertThat(reader.refused("wamp.subscription.lookup", NEWS)).isEqualTo("wamp.error.no_such_procedure");
    }

    @Test
    void nobodyReadsWhatWasNotForItAndWhatIsForSessionsIsNotKept() {
        long all = publish(NEWS, "all");
        long mine = publish(
                publisher,
                NEWS,
                options(new ReceiverFilter(null, null, null, null, null, List.of("anonymous"))),
                "for us");
        publish(
                publisher,
                NEWS,
                options(new ReceiverFilter(null, null, List.of("anonymous"), null, null, null)),
                "for others");
        publish(publisher, NEWS, options(new ReceiverFilter(List.of(1L), null, null, null, null, null)), "sessions");
        publish(publisher, NEWS, options(new ReceiverFilter(null, null, null, List.of(1L), null, null)), "sessions");
        Caller reader = new Caller(nodes, 2, 0, SerializerId.JSON);
        long id = lookup(reader, MatchPolicy.EXACT, NEWS);
        assertThat(get(reader, id, Map.of())).containsExactly(all, mine);
        assertThat(get(publisher, id, Map.of())).as("its own").containsExactly(all, mine);
    }

    @Test
    void aTestamentIsInTheHistoryOnceHoweverManyNodesPublishIt() {
        Caller mortal = new Caller(nodes, 1, 0, SerializerId.JSON);
        mortal.call("wamp.session.add_testament", List.of(NEWS, List.of("gone"), Map.of()), Map.of());
        nodes.kill(1);
        nodes.settle();
        Caller reader = new Caller(nodes, 0, 1, SerializerId.JSON);
        List<Object> events = reader.call(GET, lookup(reader, MatchPolicy.EXACT, NEWS));
        assertThat(events).hasSize(1);
        assertThat((Map<?, ?>) events.get(0)).extracting("args").isEqualTo(List.of("gone"));
    }

    @Test
    void whoGetsPublishedFindsItsEventInTheHistory() {
        for (int seed = 0; seed < 100; seed++) {
            SimulatedNodes two = new SimulatedNodes(new Random(seed), 2, 1, MetaAccess.READ);
            two.keepHistory(MatchPolicy.EXACT, NEWS, BOUNDS);
            Caller from = new Caller(two, 0, 0, SerializerId.JSON);
            Caller reader = new Caller(two, 1, 0, SerializerId.JSON);
            long id = lookup(reader, MatchPolicy.EXACT, NEWS);
            PublishOptions options = new PublishOptions(true, true, false, seed % 2 == 0, null, null);
            from.says(new Publish(
                    from.nextRequest(), options, NEWS, from.serializer().payload(List.of("x"), null)));
            while (from.connection().received(Published.class).isEmpty()) {
                assertThat(two.step()).isTrue();
            }
            assertThat(two.historyEvents()).as("before PUBLISHED").isEqualTo(1);
            assertThat(two.retainedEvents()).as("before PUBLISHED").isEqualTo(seed % 2 == 0 ? 1 : 0);
            assertThat(reader.call(GET, id)).hasSize(1);
        }
    }

    @Test
    void allNodesHaveOneOrderAndEachPublishersOwnWithinIt() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            SimulatedNodes three = new SimulatedNodes(random, 3, 2, MetaAccess.READ);
            three.keepHistory(MatchPolicy.PREFIX, "com.", BOUNDS);
            List<Caller> publishers = IntStream.range(0, 6)
                    .mapToObj(i -> new Caller(three, i / 2, i % 2, SerializerId.JSON))
                    .toList();
            for (int i = 0; i < 120; i++) {
                Caller from = publishers.get(random.nextInt(6));
                from.says(new Publish(
                        from.nextRequest(),
                        PublishOptions.DEFAULT,
                        "com.t" + random.nextInt(3),
                        from.serializer().payload(List.of((long) publishers.indexOf(from), (long) i), null)));
                for (int steps = random.nextInt(4); steps > 0; steps--) {
                    three.step();
                }
            }
            three.settle();
            List<Object> first = null;
            for (int node = 0; node < 3; node++) {
                Caller reader = new Caller(three, node, 0, SerializerId.JSON);
                List<Object> events = reader.call(GET, lookup(reader, MatchPolicy.PREFIX, "com."));
                first = first == null ? events : first;
                assertThat(events).hasSize(120).isEqualTo(first);
            }
            for (long from = 0; from < 6; from++) {
                assertThat(numbersOf(first, from)).isSorted();
            }
        }
    }

    private static List<Long> numbersOf(@Nullable List<Object> events, long publisher) {
        return events == null
                ? List.of()
                : events.stream()
                        .map(event -> (List<?>) ((Map<?, ?>) event).get("args"))
                        .filter(args -> args.get(0).equals(publisher))
                        .map(args -> (Long) args.get(1))
                        .toList();
    }
}
