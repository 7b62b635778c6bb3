package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.node.cli.LocalPorts;
import dev.weft.testkit.LongPollClient;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Event;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long-poll transports whose requests come to one node or the other, as behind a load balancer. */
@Tag("cluster")
class LongPollOnTwoNodesTest {
    private static final byte[] EMPTY = {};
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);

    private static List<RunningNode> nodes;
    private static List<URI> bases;

    @BeforeAll
    static void start() throws Exception {
        nodes = startTwo();
        bases = nodes.stream().map(LongPollOnTwoNodesTest::base).toList();
    }

    @AfterAll
    static void stop() {
        nodes.forEach(RunningNode::stop);
    }

    private static List<RunningNode> startTwo() throws Exception {
        List<Integer> ports = LocalPorts.free(2);
        List<RunningNode> two = new ArrayList<>();
        for (int index = 0; index < 2; index++) {
            two.add(RouterNode.start(NodeConfigs.of(
                    """
                    node: {name: node-%d}
                    listeners:
                      - {address: "127.0.0.1:0"}
                      - {type: http, address: "127.0.0.1:0", longpoll: {receive-timeout: 5s, idle-timeout: 20s}}
                    realms:
                    - uri: realm1
                      auth: {methods: [anonymous]}
                      roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                      meta-api: full
                    cluster:
                      enabled: true
                      name: long-poll-%d
                      discovery: {type: static, members: ["127.0.0.1:%d", "127.0.0.1:%d"]}
                      hazelcast: {address: "127.0.0.1:%d"}
                      link: {address: "127.0.0.1:0", secret: "sixteen characters and more"}
                    drain: {spread: 0s}
                    """.formatted(index + 1, ports.get(0), ports.get(0), ports.get(1), ports.get(index)))));
        }
        return two;
    }

    private static URI base(RunningNode node) {
        return URI.create(node.addresses().get(1).urls().get(0) + "/lp");
    }

    private static TestClient other(RunningNode node) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, Framing.RAWSOCKET, SerializerId.MSGPACK, "realm1");
    }

    private static void publish(TestClient publisher, String topic, Object... args) throws IOException {
        publisher.send(new Publish(publisher.nextRequest(), ACKNOWLEDGED, topic, publisher.payload(args)));
        publisher.expect(Published.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.2.json", "wamp.2.msgpack.batched", "wamp.2.cbor", "wamp.2.ubjson"})
    void requestsMayComeToAnyNodeAndNothingIsLostDoubledOrOutOfOrder(String protocol) throws Exception {
        LongPollClient client = LongPollClient.open(LongPollClient.http(), bases.get(0), protocol);
        client.send(
                bases.get(1),
                new Hello("realm1", Map.of("roles", Map.of("subscriber", Map.of(), "publisher", Map.of()))));
        client.expect(bases.get(1), Welcome.class);
        String topic = "com.example.order." + protocol;
        client.send(bases.get(0), new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, topic));
        client.expect(bases.get(1), Subscribed.class);
        int events = 200;
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> {
            try (TestClient publisher = other(nodes.get(1))) {
                for (int i = 0; i < events; i++) {
                    publish(publisher, topic, i, "x".repeat(i * 10));
                }
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        });
        List<Object> received = new ArrayList<>();
        Random which = new Random(7);
        while (received.size() < events) {
            HttpResponse<byte[]> response = client.post(bases.get(which.nextInt(2)), "receive", EMPTY);
            assertThat(response.statusCode()).isEqualTo(200);
            for (WampMessage event : client.messages(response.body())) {
                received.add(client.args(event).get(0));
            }
        }
        publishing.get(10, TimeUnit.SECONDS);
        assertThat(received).isEqualTo(LongStream.range(0, events).boxed().toList());
        assertThat(client.post(bases.get(1), "close", EMPTY).statusCode()).isEqualTo(204);
        HttpResponse<byte[]> closed = client.post(bases.get(0), "receive", EMPTY);
        assertThat(closed.statusCode()).isEqualTo(410);
    }

    @Test
    void whatIsSentThroughBothNodesAtOnceArrivesOnceEach() throws Exception {
        LongPollClient client = LongPollClient.join(bases.get(0), "wamp.2.json", "realm1");
        HttpClient many = LongPollClient.http();
        try (TestClient subscriber = other(nodes.get(1))) {
            subscriber.send(new Subscribe(subscriber.nextRequest(), SubscribeOptions.DEFAULT, "com.example.all"));
            subscriber.expect(Subscribed.class);
            // Request ids must be counted up, so each session sends in turn; what is concurrent are the sessions'
            // polls.
            List<CompletableFuture<HttpResponse<byte[]>>> polls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                byte[] body = ("[16," + client.nextRequest() + ",{},\"com.example.all\",[" + i + "]]")
                        .getBytes(StandardCharsets.US_ASCII);
                polls.add(client.poll(bases.get(i % 2)));
                assertThat(LongPollClient.send(
                                        many,
                                        LongPollClient.request(
                                                bases.get((i + 1) % 2), "/" + client.transport() + "/send", body))
                                .statusCode())
                        .isEqualTo(204);
            }
            for (long i = 0; i < 100; i++) {
                assertThat(subscriber.args(subscriber.expect(Event.class))).containsExactly(i);
            }
            client.post(bases.get(1), "close", EMPTY);
            for (CompletableFuture<HttpResponse<byte[]>> poll : polls) {
                assertThat(poll.get(10, TimeUnit.SECONDS).statusCode()).isIn(204, 409, 410);
            }
        }
    }

    @Test
    void aReceiveAtOneNodeTakesThePlaceOfOneAtTheOther() throws Exception {
        LongPollClient client = LongPollClient.join(bases.get(0), "wamp.2.json", "realm1");
        CompletableFuture<HttpResponse<byte[]>> first = client.poll(bases.get(1));
        CompletableFuture<HttpResponse<byte[]>> second = client.poll(bases.get(0));
        CompletableFuture.anyOf(first, second).get(10, TimeUnit.SECONDS);
        client.post(bases.get(1), "close", EMPTY);
        assertThat(List.of(first.get().statusCode(), second.get().statusCode())).containsExactlyInAnyOrder(409, 204);
    }

    @Test
    void aClientThatGoesAwayFromTheOtherNodeMissesNothing() throws Exception {
        LongPollClient client = LongPollClient.join(bases.get(0), "wamp.2.json", "realm1");
        client.send(bases.get(0), new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, "com.example.away"));
        client.expect(bases.get(0), Subscribed.class);
        try (TestClient publisher = other(nodes.get(0))) {
            for (int round = 0; round < 20; round++) {
                try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), bases.get(1).getPort())) {
                    socket.getOutputStream()
                            .write(("POST /lp/" + client.transport()
                                            + "/receive HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                }
                // Either nothing was on its way to the client that went away, or the transport is closed: never a gap.
                CompletableFuture<HttpResponse<byte[]>> poll = client.poll(bases.get(round % 2));
                publish(publisher, "com.example.away", round);
                HttpResponse<byte[]> response = poll.get(10, TimeUnit.SECONDS);
                if (response.statusCode() == 409) {
                    response = client.post(bases.get(0), "receive", EMPTY);
                }
                if (response.statusCode() == 410) {
                    assertThat(new String(response.body(), StandardCharsets.UTF_8))
                            .contains("transport-lost");
                    return;
                }
                assertThat(client.args(client.messages(response.body()).get(0))).containsExactly((long) round);
            }
        }
    }

    @Test
    void namesThatWereNotGivenLeadNowhereFromAnyNode() throws Exception {
        LongPollClient client = LongPollClient.join(bases.get(0), "wamp.2.json", "realm1");
        byte[] name = Base64.getUrlDecoder().decode(client.transport());
        for (int octet = 0; octet < name.length; octet++) {
            name[octet] ^= 0x10;
            String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(name);
            for (URI base : bases) {
                for (String action : List.of("receive", "send", "close")) {
                    HttpResponse<byte[]> response = LongPollClient.send(
                            LongPollClient.http(), LongPollClient.request(base, "/" + forged + "/" + action, EMPTY));
                    assertThat(response.statusCode()).isEqualTo(404);
                }
            }
            name[octet] ^= 0x10;
        }
        assertThat(client.post(bases.get(1), "close", EMPTY).statusCode()).isEqualTo(204);
    }

    @Test
    void aReceiveAtASurvivorEndsWhenTheOwnerIsGoneAndTheClientIsToldToOpenAnother() throws Exception {
        List<RunningNode> two = startTwo();
        URI survivor = base(two.get(1));
        try {
            LongPollClient client = LongPollClient.join(base(two.get(0)), "wamp.2.json", "realm1");
            CompletableFuture<HttpResponse<byte[]>> poll = client.poll(survivor);
            two.get(0).stop();
            HttpResponse<byte[]> ended = poll.get(20, TimeUnit.SECONDS);
            assertThat(ended.statusCode()).isEqualTo(410);
            await().untilAsserted(() -> {
                HttpResponse<byte[]> unknown = client.post(survivor, "receive", EMPTY);
                assertThat(unknown.statusCode()).isEqualTo(404);
                assertThat(new String(unknown.body(), StandardCharsets.UTF_8)).contains("open another");
            });
            LongPollClient.join(survivor, "wamp.2.json", "realm1");
        } finally {
            two.forEach(RunningNode::stop);
        }
    }
}
