package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Past events, over sockets and across two nodes, one of which then leaves and comes back. */
@Tag("cluster")
class EventHistoryOnTwoNodesTest {
    private static final String GET = "wamp.subscription.get_events";
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);

    private static final String REALMS = """
            realms:
            - uri: realm1
              auth: {methods: [anonymous]}
              meta-api: read
              history:
              - {uri: com.example.news, max-events: 5}
              - {uri: com.example, match: prefix, max-bytes: 64KiB, max-age: 0s}
              - {uri: com.secret}
              roles:
              - name: anonymous
                permissions:
                - {uri: "", match: prefix, allow: [call, publish, subscribe]}
                - {uri: com.secret, allow: [publish]}
            - uri: realm2
              auth: {methods: [anonymous]}
              meta-api: full
              roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, publish, subscribe]}]}]
            """;

    private static void publish(TestClient client, String topic, Object value) throws IOException {
        client.send(new Publish(client.nextRequest(), ACKNOWLEDGED, topic, client.payload(value)));
        client.expect(Published.class);
    }

    private static long subscribe(TestClient client, MatchPolicy match, String topic) throws IOException {
        client.send(new Subscribe(client.nextRequest(), new SubscribeOptions(match, false), topic));
        return client.expect(Subscribed.class).subscription();
    }

    private static List<Object> events(TestClient client, long id) throws IOException {
        client.send(new Call(client.nextRequest(), CallOptions.DEFAULT, GET, client.payload(id)));
        return client.args(client.expect(Result.class));
    }

    private static List<Object> words(List<Object> events) {
        return events.stream()
                .map(event -> (Object) ((List<?>) ((Map<?, ?>) event).get("args")).get(0))
                .toList();
    }

    private static String refused(TestClient client, long id) throws IOException {
        client.send(new Call(client.nextRequest(), CallOptions.DEFAULT, GET, client.payload(id)));
        return client.expect(ErrorMessage.class).error();
    }

    /** Three topics' worth, from both nodes. */
    private static void publishFromBoth(TwoNodes two) throws IOException {
        try (TestClient one = two.join(0, Framing.RAWSOCKET, SerializerId.JSON);
                TestClient other = two.join(1, Framing.RAWSOCKET, SerializerId.MSGPACK)) {
            for (int i = 1; i <= 4; i++) {
                publish(one, "com.example.news", "first " + i);
                publish(other, "com.example.news", "second " + i);
                publish(other, "com.example.weather", "weather " + i);
            }
        }
    }

    @Test
    void bothNodesTellTheSamePastAlsoWhenTheOneThatHadItIsGoneAndCameBack() throws Exception {
        try (TwoNodes two = TwoNodes.start(REALMS)) {
            publishFromBoth(two);
            List<Object> news;
            List<Object> all;
            try (TestClient here = two.join(0, Framing.RAWSOCKET, SerializerId.CBOR);
                    TestClient there = two.join(1, Framing.RAWSOCKET, SerializerId.CBOR)) {
                assertThat(here.isAnnounced("broker", "event_history")).isTrue();
                long exact = subscribe(here, MatchPolicy.EXACT, "com.example.news");
                long prefix = subscribe(there, MatchPolicy.PREFIX, "com.example");
                news = events(here, exact);
                all = events(here, prefix);
                assertThat(words(news)).containsExactly("second 2", "first 3", "second 3", "first 4", "second 4");
                assertThat(words(all)).hasSize(12).startsWith("first 1", "second 1", "weather 1");
                assertThat(events(there, exact)).isEqualTo(news);
                assertThat(events(there, prefix)).isEqualTo(all);
            }
            two.stop(0);
            two.startAgain(0);
            try (TestClient here = two.join(1, Framing.RAWSOCKET, SerializerId.CBOR);
                    TestClient there = two.join(0, Framing.RAWSOCKET, SerializerId.CBOR)) {
                for (TestClient client : List.of(here, there)) {
                    assertThat(events(client, subscribe(client, MatchPolicy.EXACT, "com.example.news")))
                            .isEqualTo(news);
                    assertThat(events(client, subscribe(client, MatchPolicy.PREFIX, "com.example")))
                            .isEqualTo(all);
                }
            }
        }
    }

    @Test
    void whoMayNotSubscribeReadsNothingAndARealmWithoutHistoryHasNone() throws Exception {
        try (TwoNodes two = TwoNodes.start(REALMS);
                TestClient client = two.join(0, Framing.RAWSOCKET, SerializerId.JSON);
                TestClient other = TestClient.join(two.port(0), Framing.RAWSOCKET, SerializerId.JSON, "realm2")) {
            publish(client, "com.secret", "hush");
            client.send(new Call(
                    client.nextRequest(),
                    CallOptions.DEFAULT,
                    "wamp.subscription.lookup",
                    client.payload("com.secret")));
            long secret = (Long) client.args(client.expect(Result.class)).get(0);
            assertThat(refused(client, secret)).isEqualTo("wamp.error.not_authorized");
            assertThat(other.isAnnounced("broker", "event_history")).isFalse();
            assertThat(refused(other, secret)).isEqualTo("wamp.error.no_such_procedure");
        }
    }
}
