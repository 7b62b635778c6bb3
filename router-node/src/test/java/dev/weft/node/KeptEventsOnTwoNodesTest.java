package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Event;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Retained events and the meta API of subscriptions, over sockets and across two nodes, one of which then leaves. */
@Tag("cluster")
class KeptEventsOnTwoNodesTest {
    private static final PublishOptions RETAINED = new PublishOptions(true, true, false, true, null, null);

    private static final String REALM_THAT_RETAINS = """
            realms:
            - uri: realm1
              auth: {methods: [anonymous]}
              meta-api: read
              retain: {max-topics: 10, max-bytes: 1MiB}
              roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
            """;

    private static void retain(TestClient client, String topic, String value) throws IOException {
        client.send(new Publish(client.nextRequest(), RETAINED, topic, client.payload(value)));
        client.expect(Published.class);
    }

    private static long subscribe(TestClient client, MatchPolicy match, String topic) throws IOException {
        client.send(new Subscribe(client.nextRequest(), new SubscribeOptions(match, true), topic));
        return client.expect(Subscribed.class).subscription();
    }

    private static List<Object> call(TestClient client, String procedure, Object... args) throws IOException {
        client.send(new Call(client.nextRequest(), CallOptions.DEFAULT, procedure, client.payload(args)));
        return client.args(client.expect(Result.class));
    }

    @Test
    void whatIsRetainedOnOneNodeIsGivenOnTheOtherAlsoWhenTheFirstIsGone() throws Exception {
        try (TwoNodes two = TwoNodes.start(REALM_THAT_RETAINS);
                TestClient early = two.join(1, Framing.RAWSOCKET, SerializerId.CBOR)) {
            try (TestClient publisher = two.join(0, Framing.RAWSOCKET, SerializerId.JSON)) {
                assertThat(publisher.isAnnounced("broker", "event_retention")).isTrue();
                retain(publisher, "com.example.a", "old");
                retain(publisher, "com.example.a", "new");
                long stamped = System.currentTimeMillis();
                // "new" may have a stamp later than that, if it came in the millisecond of "old".
                await().until(() -> System.currentTimeMillis() > stamped + 1);
                retain(publisher, "com.example.b", "other");
                long id = subscribe(early, MatchPolicy.EXACT, "com.example.a");
                Event event = early.expect(Event.class);
                assertThat(early.args(event)).containsExactly("new");
                assertThat(event.details().retained()).isTrue();
                assertThat(call(publisher, "wamp.subscription.list_subscribers", id))
                        .containsExactly(List.of(early.session()));
                assertThat(call(publisher, "wamp.subscription.count_subscribers", id))
                        .containsExactly(1L);
            }
            two.stop(0);
            try (TestClient late = two.join(1, Framing.RAWSOCKET, SerializerId.MSGPACK)) {
                subscribe(late, MatchPolicy.PREFIX, "com.example");
                Event event = late.expect(Event.class);
                assertThat(late.args(event)).containsExactly("other");
                assertThat(event.details().topic()).isEqualTo("com.example.b");
            }
        }
    }
}
