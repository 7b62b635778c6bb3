package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.LongPollClient;
import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Event;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A long-polling client whose connection ends while the node has nothing for it. */
final class LongPollLeavingTest {
    private static final String TOPIC = "com.example.gone";
    private static final PublishOptions ACKNOWLEDGED = new PublishOptions(true, true, false, false, null, null);

    private @Nullable RunningNode started;

    @AfterEach
    void stop() {
        if (started != null) {
            started.stop();
        }
    }

    private RunningNode start() throws NodeStartException {
        started = RouterNode.start(NodeConfigs.of("""
                listeners:
                  - {address: "127.0.0.1:0"}
                  - {type: http, address: "127.0.0.1:0", longpoll: {path: /lp, receive-timeout: 15s, idle-timeout: 60s}}
                  - {type: http, name: leaving, address: "127.0.0.1:0", longpoll: {path: /lp, receive-timeout: 15s, idle-timeout: 60s}}
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [publish, subscribe]}]}]
                drain: {spread: 0s}
                admin: {address: "127.0.0.1:0"}
                """));
        return started;
    }

    @Test
    void aClientThatGoesAwayWhileItWaitsMissesNothing() throws Exception {
        RunningNode node = start();
        URI base = URI.create(node.addresses().get(1).urls().get(0) + "/lp");
        URI leaving = URI.create(node.addresses().get(2).urls().get(0));
        LongPollClient client = LongPollClient.join(base, "wamp.2.json", "realm1");
        client.send(base, new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, TOPIC));
        client.expect(base, Subscribed.class);

        // One takes the place of the other, and waits.
        CompletableFuture<?> one = client.poll(base);
        CompletableFuture<?> other = client.poll(base);
        CompletableFuture.anyOf(one, other).get(10, TimeUnit.SECONDS);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), leaving.getPort())) {
            socket.getOutputStream().write(receive(client));
            // This one takes the place of both, so that it is what waits now.
            CompletableFuture.allOf(one, other).get(10, TimeUnit.SECONDS);
            assertThat(leavingConnections(node)).isEqualTo(1);
        }
        await().until(() -> leavingConnections(node) == 0);

        publish(node);
        assertThat(client.args(client.expect(base, Event.class))).containsExactly(7L);
    }

    private static byte[] receive(LongPollClient client) {
        String request =
                "POST /lp/" + client.transport() + "/receive HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        return request.getBytes(StandardCharsets.US_ASCII);
    }

    private static long leavingConnections(RunningNode node) throws IOException, InterruptedException {
        URI metrics = URI.create("http://" + node.adminAddress().orElseThrow() + "/metrics");
        HttpResponse<String> response = LongPollClient.http()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString());
        return (long) new MetricsText(response.body()).value("weft_listener_connections{listener=\"leaving\"}");
    }

    private static void publish(RunningNode node) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try (TestClient publisher = TestClient.join(port, Framing.RAWSOCKET, SerializerId.MSGPACK, "realm1")) {
            publisher.send(new Publish(publisher.nextRequest(), ACKNOWLEDGED, TOPIC, publisher.payload(7)));
            publisher.expect(Published.class);
        }
    }
}
