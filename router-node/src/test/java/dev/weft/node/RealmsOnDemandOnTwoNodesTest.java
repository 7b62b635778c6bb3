package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Event;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A realm on demand of which each of two nodes has its part. */
@Tag("cluster")
class RealmsOnDemandOnTwoNodesTest {
    private static final String REALMS = """
            realms:
            - uri: com.tenant.
              on-demand: {max-realms: 2, idle-timeout: 1s, allow-anonymous: true}
              auth: {methods: [anonymous]}
              roles: [{name: anonymous, permissions: [{uri: com., match: prefix, allow: [call, register, publish, subscribe]}]}]
            """;

    private static TestClient join(TwoNodes two, int node, String realm) {
        try {
            return TestClient.join(two.port(node), Framing.RAWSOCKET, SerializerId.JSON, realm);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static boolean letIn(TwoNodes two, int node, String realm) throws IOException {
        try (TestClient client = TestClient.connect(two.port(node), Framing.RAWSOCKET, SerializerId.JSON)) {
            client.send(new Hello(realm, Map.of("roles", Map.of("publisher", Map.of()))));
            WampMessage answer = client.receive();
            return answer instanceof Welcome;
        }
    }

    private static void subscribe(TestClient client) throws IOException {
        client.send(new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, "com.example.x"));
        client.expect(Subscribed.class);
    }

    private static void publish(TestClient client) throws IOException {
        client.send(new Publish(client.nextRequest(), PublishOptions.DEFAULT, "com.example.x", Payload.EMPTY));
    }

    @Test
    void clientsOfBothNodesMeetAlsoIfBothMakeTheRealmAtOnceAndAfterItHadGone() throws Exception {
        try (TwoNodes two = TwoNodes.start(REALMS)) {
            for (int round = 0; round < 3; round++) {
                CompletableFuture<TestClient> coming =
                        CompletableFuture.supplyAsync(() -> join(two, 1, "com.tenant.a"));
                try (TestClient here = join(two, 0, "com.tenant.a");
                        TestClient there = coming.get()) {
                    subscribe(here);
                    subscribe(there);
                    publish(here);
                    there.expect(Event.class);
                    publish(there);
                    here.expect(Event.class);
                    there.send(new Register(there.nextRequest(), RegisterOptions.DEFAULT, "com.example.f"));
                    there.expect(Registered.class);
                    here.send(new Call(here.nextRequest(), CallOptions.DEFAULT, "com.example.f", Payload.EMPTY));
                    there.send(
                            new Yield(there.expect(Invocation.class).request(), YieldOptions.DEFAULT, Payload.EMPTY));
                    here.expect(Result.class);
                }
                two.awaitNoRealm("com.tenant.a");
            }
        }
    }

    @Test
    void theLimitCountsWhatIsThereOnOtherNodesAndARealmThatIsThereIsNotOneMore() throws Exception {
        try (TwoNodes two = TwoNodes.start(REALMS);
                TestClient a = join(two, 0, "com.tenant.a");
                TestClient b = join(two, 0, "com.tenant.b")) {
            subscribe(a);
            subscribe(b);

            assertThat(letIn(two, 1, "com.tenant.c")).isFalse();
            assertThat(letIn(two, 1, "com.tenant.a")).isTrue();

            b.close();
            await().until(() -> letIn(two, 1, "com.tenant.c"));
        }
    }

    @Test
    void ofManyRealmsThatBothNodesMakeAtOnceThereAreAsManyAsThereMayBe() throws Exception {
        int each = 10;
        ExecutorService users = Executors.newFixedThreadPool(2 * each);
        try (TwoNodes two = TwoNodes.start(REALMS)) {
            List<TestClient> clients = new ArrayList<>();
            List<Callable<Boolean>> joining = new ArrayList<>();
            for (int i = 0; i < 2 * each; i++) {
                TestClient client = TestClient.connect(two.port(i % 2), Framing.RAWSOCKET, SerializerId.JSON);
                Hello hello = new Hello("com.tenant.n" + i, Map.of("roles", Map.of("publisher", Map.of())));
                clients.add(client);
                joining.add(() -> {
                    client.send(hello);
                    return client.receive() instanceof Welcome;
                });
            }
            int welcomed = 0;
            for (Future<Boolean> one : users.invokeAll(joining)) {
                welcomed += one.get() ? 1 : 0;
            }
            assertThat(welcomed).isEqualTo(2);
            for (TestClient client : clients) {
                client.close();
            }
        } finally {
            users.shutdownNow();
        }
    }
}
