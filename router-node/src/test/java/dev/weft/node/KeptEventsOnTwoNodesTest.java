package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Retained events and the meta API of subscriptions, over sockets and across two nodes, one of which then leaves. */
@Tag("cluster")
class KeptEventsOnTwoNodesTest {
    private static final PublishOptions RETAINED = new PublishOptions(true, true, false, true, null, null);

    private final List<Integer> memberPorts = new ArrayList<>();

    private RunningNode start(String name, int index) throws NodeStartException {
        return RouterNode.start(NodeConfigs.of("""
                node: {name: %s}
                listeners: [{address: "127.0.0.1:0"}]
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    meta-api: read
                    retain: {max-topics: 10, max-bytes: 1MiB}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                cluster:
                  enabled: true
                  name: kept-events-test-%d
                  discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                  hazelcast: {address: "127.0.0.1:%d"}
                  link: {address: "127.0.0.1:0", secret: "sixteen characters and more"}
                drain: {spread: 0s}
                """.formatted(
                        name, memberPorts.get(0), memberPorts.get(0), memberPorts.get(1), memberPorts.get(index))));
    }

    private static TestClient join(RunningNode node, SerializerId serializer) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, Framing.RAWSOCKET, serializer, "realm1");
    }

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
        for (int i = 0; i < 2; i++) {
            try (ServerSocket free = new ServerSocket(0)) {
                memberPorts.add(free.getLocalPort());
            }
        }
        RunningNode first = start("first", 0);
        RunningNode second = start("second", 1);
        try (TestClient early = join(second, SerializerId.CBOR)) {
            try (TestClient publisher = join(first, SerializerId.JSON)) {
                assertThat(publisher.isAnnounced("broker", "event_retention")).isTrue();
                retain(publisher, "com.example.a", "old");
                retain(publisher, "com.example.a", "new");
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
            first.stop();
            try (TestClient late = join(second, SerializerId.MSGPACK)) {
                subscribe(late, MatchPolicy.PREFIX, "com.example");
                Event event = late.expect(Event.class);
                assertThat(late.args(event)).containsExactly("other");
                assertThat(event.details().topic()).isEqualTo("com.example.b");
            }
        } finally {
            first.stop();
            second.stop();
        }
    }
}
