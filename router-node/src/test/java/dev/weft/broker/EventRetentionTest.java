package dev.weft.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.meta.MetaAccess;
import dev.weft.testkit.RecordingConnection;
import dev.weft.testkit.SimulatedNodes;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
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
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventRetentionTest {
    private static final String TOPIC = "com.example.topic";
    private static final Serializer SERIALIZER = Serializers.create(SerializerId.JSON, DecodeLimits.DEFAULT);

    private final SimulatedNodes nodes = new SimulatedNodes(new Random(11), 3, 2, MetaAccess.OFF);
    private final RecordingConnection publisher = nodes.join(0, 0, SerializerId.JSON);
    private long requests;

    private static PublishOptions retained(ReceiverFilter receivers) {
        return new PublishOptions(true, true, false, true, receivers, null);
    }

    private void publish(RecordingConnection from, PublishOptions options, String topic, Object... args) {
        Payload payload = args.length == 0 ? Payload.EMPTY : SERIALIZER.payload(List.of(args), null);
        requests++;
        nodes.on(from, () -> from.says(new Publish(requests, options, topic, payload)));
    }

    private RecordingConnection subscriber(int node, MatchPolicy match, String topic) {
        RecordingConnection connection = nodes.join(node, 1, SerializerId.values()[node]);
        subscribe(connection, match, topic);
        nodes.settle();
        return connection;
    }

    private void subscribe(RecordingConnection connection, MatchPolicy match, String topic) {
        Subscribe subscribe = new Subscribe(1, new SubscribeOptions(match, true), topic);
        nodes.on(connection, () -> connection.says(subscribe));
    }

    private static List<Object> values(RecordingConnection connection) {
        return connection.received(Event.class).stream()
                .map(event -> SERIALIZER.args(event.payload()).get(0))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whoAsksOnAnyNodeGetsTheNewestEventOfTheTopicAfterSubscribed(int node) {
        publish(publisher, retained(null), TOPIC, "old");
        publish(publisher, retained(null), TOPIC, "new");
        publish(publisher, PublishOptions.DEFAULT, TOPIC, "not retained");
        nodes.settle();
        List<Published> published = publisher.received(Published.class);
        RecordingConnection subscriber = subscriber(node, MatchPolicy.EXACT, TOPIC);
        assertThat(values(subscriber)).containsExactly("new");
        Event event = subscriber.received(Event.class).get(0);
        assertThat(event.details().retained()).isTrue();
        assertThat(event.details().topic()).isNull();
        assertThat(event.publication()).isEqualTo(published.get(1).publication());
        List<Object> received = List.copyOf(subscriber.received());
        assertThat(received.get(received.size() - 2)).isInstanceOf(Subscribed.class);
    }

    @Test
    void whoDoesNotAskGetsNoneAndWhoIsSubscribedGetsItAsNew() {
        RecordingConnection subscriber = nodes.join(1, 0, SerializerId.CBOR);
        nodes.on(subscriber, () -> subscriber.says(new Subscribe(1, SubscribeOptions.DEFAULT, TOPIC)));
        nodes.settle();
        publish(publisher, retained(null), TOPIC, "value");
        nodes.settle();
        assertThat(subscriber.received(Event.class))
                .singleElement()
                .satisfies(event -> assertThat(event.details().retained()).isFalse());
        nodes.on(subscriber, () -> subscriber.says(new Subscribe(2, SubscribeOptions.DEFAULT, TOPIC)));
        nodes.settle();
        assertThat(subscriber.received(Event.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = MatchPolicy.class,
            names = {"PREFIX", "WILDCARD"})
    void ofAPatternTheNewestOfAllTopicsIsGivenWithItsTopic(MatchPolicy match) {
        publish(publisher, retained(null), "com.example.a", "first");
        publish(publisher, retained(null), "com.other.a", "unmatched");
        publish(publisher, retained(null), "com.example.b", "second");
        publish(publisher, retained(null), "com.example.a", "third");
        nodes.settle();
        RecordingConnection subscriber =
                subscriber(2, match, match == MatchPolicy.PREFIX ? "com.exam" : "com.example.");
        assertThat(values(subscriber)).containsExactly("third");
        assertThat(subscriber.received(Event.class).get(0).details().topic()).isEqualTo("com.example.a");
    }

    @Test
    void nobodyGetsWhatItWouldNotHaveGot() {
        publish(publisher, retained(null), TOPIC, "for all");
        publish(
                publisher,
                retained(new ReceiverFilter(null, null, null, null, null, List.of("admin"))),
                TOPIC,
                "for admins");
        nodes.settle();
        assertThat(values(subscriber(1, MatchPolicy.EXACT, TOPIC))).containsExactly("for all");
        publish(
                publisher,
                retained(new ReceiverFilter(null, null, List.of("admin"), null, null, null)),
                TOPIC,
                "for others");
        nodes.settle();
        assertThat(values(subscriber(1, MatchPolicy.EXACT, TOPIC))).containsExactly("for others");
        subscribe(publisher, MatchPolicy.EXACT, TOPIC);
        nodes.settle();
        assertThat(values(publisher)).isEmpty();
    }

    @Test
    void anEventWithoutAPayloadTakesBackWhatIsRetained() {
        publish(publisher, retained(null), TOPIC, "value");
        publish(publisher, retained(null), TOPIC);
        nodes.settle();
        assertThat(values(subscriber(1, MatchPolicy.EXACT, TOPIC))).isEmpty();
        publish(publisher, retained(null), TOPIC, "again");
        nodes.settle();
        assertThat(values(subscriber(2, MatchPolicy.EXACT, TOPIC))).containsExactly("again");
    }

    @Test
    void whatARealmRetainsIsBounded() {
        for (int i = 0; i < SimulatedNodes.RETAINED.topics(); i++) {
            publish(publisher, retained(null), "com.example.t" + i, i);
        }
        nodes.settle();
        publish(publisher, retained(null), "com.example.more", "refused");
        publish(publisher, retained(null), "com.example.t0", "x".repeat(11_000));
        nodes.settle();
        assertThat(publisher.received(ErrorMessage.class).stream().map(ErrorMessage::error))
                .containsExactly("weft.error.limit_exceeded", "weft.error.limit_exceeded");
        RecordingConnection subscriber = subscriber(1, MatchPolicy.EXACT, "com.example.more");
        publish(publisher, new PublishOptions(false, true, false, true, null, null), "com.example.more", "delivered");
        nodes.settle();
        assertThat(values(subscriber)).containsExactly("delivered");
        assertThat(values(subscriber(2, MatchPolicy.EXACT, "com.example.more"))).isEmpty();
        publish(publisher, retained(null), "com.example.t0");
        nodes.settle();
        publish(publisher, retained(null), "com.example.more", "now");
        nodes.settle();
        assertThat(values(subscriber(2, MatchPolicy.EXACT, "com.example.more"))).containsExactly("now");
    }

    @Test
    void whatATestamentRetainsSurvivesItsNodeAndIsRetainedOnce() {
        RecordingConnection mortal = nodes.join(1, 0, SerializerId.JSON);
        Map<String, Object> kwargs = Map.of("publish_options", Map.of("retain", true));
        nodes.on(
                mortal,
                () -> mortal.says(new Call(
                        1,
                        CallOptions.DEFAULT,
                        "wamp.session.add_testament",
                        SERIALIZER.payload(List.of(TOPIC, List.of("gone"), Map.of()), kwargs))));
        nodes.settle();
        nodes.kill(1);
        nodes.settle();
        assertThat(values(subscriber(0, MatchPolicy.EXACT, TOPIC))).containsExactly("gone");
        assertThat(values(subscriber(1, MatchPolicy.EXACT, TOPIC))).containsExactly("gone");
    }

    @Test
    void whoSubscribesWhileEventsComeGetsThemInOrderAndEndsWithTheNewest() {
        int twice = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            SimulatedNodes two = new SimulatedNodes(random, 2, 2, MetaAccess.OFF);
            RecordingConnection from = two.join(0, 0, SerializerId.JSON);
            RecordingConnection to = two.join(random.nextInt(2), 1, SerializerId.JSON);
            for (int i = 1; i <= 6; i++) {
                int value = i;
                Payload payload = SERIALIZER.payload(List.of(i), null);
                two.on(from, () -> from.says(new Publish(value, retained(null), TOPIC, payload)));
                if (i == 3) {
                    Subscribe subscribe = new Subscribe(1, new SubscribeOptions(MatchPolicy.EXACT, true), TOPIC);
                    two.on(to, () -> to.says(subscribe));
                }
                for (int steps = random.nextInt(12); steps > 0; steps--) {
                    two.step();
                }
            }
            two.settle();
            two.advance(RetainedHandover.SETTLED_MILLIS);
            two.settle();
            List<Object> fresh = to.received(Event.class).stream()
                    .filter(event -> !event.details().retained())
                    .map(event -> SERIALIZER.args(event.payload()).get(0))
                    .toList();
            assertThat(fresh.stream().map(Long.class::cast).sorted().distinct().toList())
                    .as("seed %d", seed)
                    .isEqualTo(fresh);
            assertThat(values(to)).as("seed %d", seed).endsWith(6L);
            twice += values(to).size() - Set.copyOf(values(to)).size();
        }
        // One that overtook an older one on its way is given again after that.
        assertThat(twice).isLessThan(10);
    }
}
