package dev.weft.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.session.SessionLimits;
import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedCluster;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Unsubscribed;
import dev.weft.wamp.WampMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker on two nodes of two event loops; {@link SimulatedCluster}. */
class BrokerTest {
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);

    private final SimulatedCluster cluster =
            new SimulatedCluster(new Random(7), 2, new SessionLimits(3, 3, 3, 3, 1000, 1000));

    private void says(RecordingConnection client, WampMessage message) {
        cluster.on(client, () -> client.says(message));
        cluster.settle();
    }

    private long subscribe(RecordingConnection client, long request, MatchPolicy match, String topic) {
        says(client, new Subscribe(request, new SubscribeOptions(match, false), topic));
        return take(client, Subscribed.class).subscription();
    }

    private <T extends WampMessage> T take(RecordingConnection client, Class<T> type) {
        assertThat(client.received()).isNotEmpty().first().isInstanceOf(type);
        return type.cast(client.received().remove(0));
    }

    private Payload payload(RecordingConnection of, Object... args) {
        return of.serializer().payload(List.of(args), null);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "1, 0", "1, 1"})
    void anEventReachesASubscriberOnAnyEventLoopOfAnyNodeInHisSerializer(int node, int loop) {
        RecordingConnection publisher = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection subscriber = cluster.join(node, loop, SerializerId.MSGPACK);
        long id = subscribe(subscriber, 1, MatchPolicy.EXACT, "com.example.topic");
        says(publisher, new Publish(1, ACKNOWLEDGED, "com.example.topic", payload(publisher, "höher", 7L)));
        Event event = take(subscriber, Event.class);
        assertThat(event.subscription()).isEqualTo(id);
        assertThat(event.publication())
                .isEqualTo(take(publisher, Published.class).publication());
        assertThat(event.details().topic()).isNull();
        assertThat(subscriber.serializer().args(event.payload())).containsExactly("höher", 7L);
    }

    @Test
    void aPatternSubscriberIsToldTheTopicAndGetsTheEventOncePerSubscription() {
        RecordingConnection publisher = cluster.join(0, 0, SerializerId.CBOR);
        RecordingConnection subscriber = cluster.join(1, 1, SerializerId.CBOR);
        subscribe(subscriber, 1, MatchPolicy.EXACT, "com.example.topic");
        subscribe(subscriber, 2, MatchPolicy.PREFIX, "com.ex");
        subscribe(subscriber, 3, MatchPolicy.WILDCARD, "com..topic");
        says(publisher, new Publish(1, PublishOptions.DEFAULT, "com.example.topic", Payload.EMPTY));
        List<Event> events = subscriber.received(Event.class);
        assertThat(events).hasSize(3);
        assertThat(events.stream().map(Event::publication).distinct()).hasSize(1);
        assertThat(events.stream().map(event -> event.details().topic()))
                .containsExactly(null, "com.example.topic", "com.example.topic");
    }

    @Test
    void thePublisherGetsItsOwnEventOnlyIfItAsksForIt() {
        RecordingConnection client = cluster.join(0, 1, SerializerId.JSON);
        subscribe(client, 1, MatchPolicy.EXACT, "a.b");
        says(client, new Publish(2, PublishOptions.DEFAULT, "a.b", Payload.EMPTY));
        assertThat(client.received()).isEmpty();
        says(client, new Publish(3, new PublishOptions(false, false, false, false, null, null), "a.b", Payload.EMPTY));
        take(client, Event.class);
    }

    @Test
    void theFilterIsAppliedWhereTheSubscriberIs() {
        RecordingConnection publisher = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection here = cluster.join(0, 1, SerializerId.JSON);
        RecordingConnection there = cluster.join(1, 1, SerializerId.JSON);
        subscribe(here, 1, MatchPolicy.EXACT, "a.b");
        subscribe(there, 1, MatchPolicy.EXACT, "a.b");
        ReceiverFilter nobody = new ReceiverFilter(null, null, null, List.of(), null, null);
        says(
                publisher,
                new Publish(1, new PublishOptions(false, true, false, false, nobody, null), "a.b", Payload.EMPTY));
        ReceiverFilter notAnonymous = new ReceiverFilter(null, null, List.of("anonymous"), null, null, null);
        says(
                publisher,
                new Publish(
                        2, new PublishOptions(false, true, false, false, notAnonymous, null), "a.b", Payload.EMPTY));
        assertThat(here.received()).isEmpty();
        assertThat(there.received()).isEmpty();
        ReceiverFilter anonymous = new ReceiverFilter(List.of(1L), null, null, null, null, List.of("anonymous"));
        says(
                publisher,
                new Publish(3, new PublishOptions(false, true, false, false, anonymous, null), "a.b", Payload.EMPTY));
        take(here, Event.class);
        take(there, Event.class);
    }

    @Test
    void whoSubscribesTwiceGetsTheSameSubscriptionAndOneEvent() {
        RecordingConnection publisher = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection subscriber = cluster.join(1, 0, SerializerId.JSON);
        long first = subscribe(subscriber, 1, MatchPolicy.EXACT, "a.b");
        assertThat(subscribe(subscriber, 2, MatchPolicy.EXACT, "a.b")).isEqualTo(first);
        says(publisher, new Publish(1, PublishOptions.DEFAULT, "a.b", Payload.EMPTY));
        assertThat(subscriber.received()).hasSize(1);
    }

    @Test
    void noEventFollowsUnsubscribed() {
        RecordingConnection publisher = cluster.join(0, 0, SerializerId.JSON);
        RecordingConnection leaving = cluster.join(0, 1, SerializerId.JSON);
        RecordingConnection staying = cluster.join(0, 1, SerializerId.JSON);
        long id = subscribe(leaving, 1, MatchPolicy.EXACT, "a.b");
        subscribe(staying, 1, MatchPolicy.EXACT, "a.b");
        cluster.on(publisher, () -> publisher.says(new Publish(1, PublishOptions.DEFAULT, "a.b", Payload.EMPTY)));
        says(leaving, new Unsubscribe(2, id));
        take(leaving, Unsubscribed.class);
        assertThat(leaving.received()).isEmpty();
        take(staying, Event.class);
        says(leaving, new Unsubscribe(3, id));
        assertThat(take(leaving, ErrorMessage.class).error()).isEqualTo("wamp.error.no_such_subscription");
    }

    @ParameterizedTest
    @CsvSource({
        "com..topic, EXACT",
        "com.a b, EXACT",
        "com.a#b, EXACT",
        "'', EXACT",
        "com.a b, PREFIX",
        "a..b#, WILDCARD"
    })
    void aTopicThatIsNoUriIsRefused(String topic, MatchPolicy match) {
        RecordingConnection client = cluster.join(0, 0, SerializerId.JSON);
        says(client, new Subscribe(1, new SubscribeOptions(match, false), topic));
        assertThat(take(client, ErrorMessage.class).error()).isEqualTo("wamp.error.invalid_uri");
    }

    @Test
    void publishingIntoTheRoutersNamespaceIsRefusedWithAnAnswerOnlyIfOneIsWanted() {
        RecordingConnection client = cluster.join(0, 0, SerializerId.JSON);
        says(client, new Publish(1, ACKNOWLEDGED, "wamp.session.on_join", Payload.EMPTY));
        assertThat(take(client, ErrorMessage.class).error()).isEqualTo("wamp.error.invalid_uri");
        says(client, new Publish(2, PublishOptions.DEFAULT, "wamp.session.on_join", Payload.EMPTY));
        assertThat(client.received()).isEmpty();
    }

    @Test
    void aSessionHoldsNoMoreSubscriptionsThanItMay() {
        RecordingConnection client = cluster.join(0, 0, SerializerId.JSON);
        for (int i = 1; i <= 3; i++) {
            subscribe(client, i, MatchPolicy.EXACT, "topic" + i);
        }
        says(client, new Subscribe(4, SubscribeOptions.DEFAULT, "topic4"));
        assertThat(take(client, ErrorMessage.class).error()).isEqualTo("weft.error.limit_exceeded");
        assertThat(subscribe(client, 5, MatchPolicy.EXACT, "topic3")).isPositive();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void aSubscriberThatCannotTakeAnEventIsClosedAndTheOthersAreServed() {
        RecordingConnection publisher = cluster.join(0, 0, SerializerId.JSON);
        List<RecordingConnection> subscribers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RecordingConnection subscriber = cluster.join(0, 1, SerializerId.JSON);
            subscribe(subscriber, 1, MatchPolicy.EXACT, "a.b");
            subscribers.add(subscriber);
        }
        subscribers.get(1).limit(40);
        subscribers.get(4).limit(40);
        says(publisher, new Publish(1, PublishOptions.DEFAULT, "a.b", payload(publisher, "x".repeat(100))));
        assertThat(subscribers.stream().map(RecordingConnection::isClosed))
                .containsExactly(false, true, false, false, true);
        assertThat(subscribers.stream().map(one -> one.received().size())).containsExactly(1, 0, 1, 1, 0);
    }

    @ParameterizedTest
    @EnumSource(SerializerId.class)
    void eventsOfOnePublisherComeInOrderOverAllTopicsAndMatchPolicies(SerializerId serializer) {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            SimulatedCluster two = new SimulatedCluster(random, 2, SessionLimits.DEFAULT);
            RecordingConnection publisher = two.join(0, 0, SerializerId.MSGPACK);
            RecordingConnection subscriber = two.join(random.nextInt(2), random.nextInt(2), serializer);
            two.on(subscriber, () -> {
                subscriber.says(new Subscribe(1, SubscribeOptions.DEFAULT, "a.x"));
                subscriber.says(new Subscribe(2, new SubscribeOptions(MatchPolicy.PREFIX, false), "b"));
                subscriber.says(new Subscribe(3, new SubscribeOptions(MatchPolicy.WILDCARD, false), "c..d"));
            });
            two.settle();
            subscriber.received().clear();
            for (int i = 0; i < 30; i++) {
                String topic = List.of("a.x", "b.y", "c.z.d").get(random.nextInt(3));
                Publish publish = new Publish(i + 1, PublishOptions.DEFAULT, topic, payload(publisher, (long) i));
                two.on(publisher, () -> publisher.says(publish));
                for (int steps = random.nextInt(3); steps > 0; steps--) {
                    two.step();
                }
            }
            two.settle();
            List<Object> got = new ArrayList<>();
            subscriber
                    .received(Event.class)
                    .forEach(event -> got.addAll(subscriber.serializer().args(event.payload())));
            assertThat(got)
                    .as("seed " + seed)
                    .hasSize(30)
                    .isEqualTo(got.stream().sorted().toList());
        }
    }

    @Test
    void aPublisherHasToWaitForAnEventLoopThatDoesNotKeepUpAndNothingIsLost() {
        RecordingConnection publisher = cluster.join(0, 0, SerializerId.MSGPACK);
        RecordingConnection subscriber = cluster.join(0, 1, SerializerId.MSGPACK);
        subscribe(subscriber, 1, MatchPolicy.EXACT, "a.b");
        Payload large = payload(publisher, "x".repeat(1 << 20));
        for (int i = 1; i <= 10; i++) {
            Publish publish = new Publish(i, PublishOptions.DEFAULT, "a.b", large);
            cluster.on(publisher, () -> publisher.says(publish));
            assertThat(publisher.awaited().isEmpty()).as(i + " MiB").isEqualTo(i < 2);
        }
        assertThat(publisher.awaited()).contains(subscriber.lane());
        cluster.settle();
        assertThat(subscriber.received()).hasSize(10);
    }
}
