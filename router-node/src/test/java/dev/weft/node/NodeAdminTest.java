package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that runs, watched and told to stop over its admin port. */
class NodeAdminTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        node = RouterNode.start(NodeConfigs.of("""
                node: {name: watched}
                listeners: [{address: "127.0.0.1:0"}]
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                admin: {address: "127.0.0.1:0"}
                drain: {spread: 0s}
                """));
    }

    @AfterEach
    void stop() {
        node.stop();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + node.adminAddress().orElseThrow() + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private TestClient join() throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, Framing.RAWSOCKET, SerializerId.MSGPACK, "realm1");
    }

    private static void register(TestClient callee) throws IOException {
        callee.send(new Register(callee.nextRequest(), RegisterOptions.DEFAULT, "com.example.slow"));
        callee.expect(Registered.class);
    }

    @Test
    void aNodeTellsHowItIs() throws Exception {
        try (TestClient client = join()) {
            register(client);
            client.send(new Subscribe(client.nextRequest(), new SubscribeOptions(MatchPolicy.EXACT, false), "a.topic"));
            client.expect(Subscribed.class);
            assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
            assertThat(send("GET", "/readyz").statusCode()).isEqualTo(200);
            assertThat(send("GET", "/cluster/members").body()).contains("\"name\": \"watched\"", "\"link\": \"self\"");
            assertThat(send("GET", "/cluster/links").body()).contains("\"links\": []");
            assertThat(send("GET", "/cluster/tables").body())
                    .contains("\"realm\": \"realm1\"", "\"subscriptions\": 1", "\"registrations\": 1");
            assertThat(send("POST", "/cluster/verify").body()).contains("\"differences\": []");
        }
    }

    @Test
    void aNodeThatIsToldToStopIsNotReadyAnyMoreTakesNobodyInAndLetsACallFinish() throws Exception {
        try (TestClient callee = join();
                TestClient caller = join()) {
            register(callee);
            caller.send(new Call(caller.nextRequest(), CallOptions.DEFAULT, "com.example.slow", Payload.EMPTY));
            Invocation invocation = callee.expect(Invocation.class);

            assertThat(send("POST", "/drain").statusCode()).isEqualTo(202);
            assertThat(node.drainRequest().toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);
            assertThat(send("GET", "/readyz").body()).contains("the node is leaving");
            Thread stopping = new Thread(node::stop);
            stopping.start();

            await().atMost(20, TimeUnit.SECONDS).until(() -> {
                try (TestClient late = join()) {
                    return false;
                } catch (IOException refused) {
                    return true;
                }
            });
            assertThat(send("GET", "/readyz").statusCode()).isEqualTo(503);
            assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
            assertThat(stopping.isAlive()).isTrue();
            callee.send(new Yield(invocation.request(), YieldOptions.DEFAULT, callee.payload("done")));
            assertThat(caller.args(caller.expect(Result.class))).containsExactly("done");
            stopping.join();
            assertThatThrownBy(callee::receive).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> send("GET", "/livez")).isInstanceOf(ConnectException.class);
        }
    }
}
