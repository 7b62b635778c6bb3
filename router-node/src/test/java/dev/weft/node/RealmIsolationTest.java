package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.ErrorMessage;
import dev.weft.wamp.Event;
import dev.weft.wamp.Invocation;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.Published;
import dev.weft.wamp.ReceiverFilter;
import dev.weft.wamp.Register;
import dev.weft.wamp.RegisterOptions;
import dev.weft.wamp.Registered;
import dev.weft.wamp.Result;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.Subscribe;
import dev.weft.wamp.SubscribeOptions;
import dev.weft.wamp.Subscribed;
import dev.weft.wamp.Unregister;
import dev.weft.wamp.Unsubscribe;
import dev.weft.wamp.Yield;
import dev.weft.wamp.YieldOptions;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing of one realm is seen, reached or counted in another, whatever a client writes into its options. */
class RealmIsolationTest {
    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        String roles = "roles: [{name: anonymous, permissions: [{uri: '', match: prefix,"
                + " allow: [call, register, publish, subscribe]}]}]";
        node = RouterNode.start(NodeConfigs.of("""
                node: {name: house}
                listeners: [{address: "127.0.0.1:0"}]
                realms:
                - {uri: left, auth: {methods: [anonymous]}, meta-api: full, %s}
                - {uri: right, auth: {methods: [anonymous]}, meta-api: full, %s}
                drain: {spread: 0s}
                """.formatted(roles, roles)));
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    private static TestClient join(String realm) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return TestClient.join(port, Framing.RAWSOCKET, SerializerId.JSON, realm);
    }

    private static void subscribe(TestClient client, String topic) throws IOException {
        client.send(new Subscribe(client.nextRequest(), SubscribeOptions.DEFAULT, topic));
        client.expect(Subscribed.class);
    }

    private static long publish(TestClient client, String topic, ReceiverFilter receivers) throws IOException {
        PublishOptions options = new PublishOptions(true, true, false, false, receivers, null);
        client.send(new Publish(client.nextRequest(), options, topic, client.payload("x")));
        return client.expect(Published.class).publication();
    }

    @Test
    void anEventReachesOnlyItsOwnRealmAlsoIfSessionsOfAnotherAreEligible() throws IOException {
        try (TestClient publisher = join("left");
                TestClient near = join("left");
                TestClient far = join("right");
                TestClient farPublisher = join("right")) {
            subscribe(near, "com.example.topic");
            subscribe(far, "com.example.topic");

            publish(
                    publisher,
                    "com.example.topic",
                    new ReceiverFilter(null, null, null, List.of(far.session()), null, null));
            long all = publish(
                    publisher,
                    "com.example.topic",
                    new ReceiverFilter(List.of(far.session()), null, null, null, null, null));
            long own = publish(
                    farPublisher,
                    "com.example.topic",
                    new ReceiverFilter(List.of(near.session()), null, null, null, null, null));

            assertThat(near.expect(Event.class).publication()).isEqualTo(all);
            assertThat(far.expect(Event.class).publication()).isEqualTo(own);
        }
    }

    @Test
    void aCallReachesOnlyCalleesOfItsOwnRealm() throws IOException {
        try (TestClient caller = join("left");
                TestClient near = join("left");
                TestClient far = join("right")) {
            for (TestClient callee : List.of(near, far)) {
                callee.send(new Register(callee.nextRequest(), RegisterOptions.DEFAULT, "com.example.who"));
                callee.expect(Registered.class);
            }
            caller.send(new Call(caller.nextRequest(), CallOptions.DEFAULT, "com.example.who", caller.payload()));
            Invocation invocation = near.expect(Invocation.class);
            near.send(new Yield(invocation.request(), YieldOptions.DEFAULT, near.payload("near")));
            assertThat(caller.args(caller.expect(Result.class))).containsExactly("near");
        }
    }

    @Test
    void idsOfAnotherRealmMeanNothing() throws IOException {
        try (TestClient far = join("right");
                TestClient near = join("left")) {
            far.send(new Register(far.nextRequest(), RegisterOptions.DEFAULT, "com.example.ids"));
            long registration = far.expect(Registered.class).registration();
            far.send(new Subscribe(far.nextRequest(), SubscribeOptions.DEFAULT, "com.example.ids"));
            long subscription = far.expect(Subscribed.class).subscription();

            near.send(new Unregister(near.nextRequest(), registration));
            assertThat(near.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.no_such_registration");
            near.send(new Unsubscribe(near.nextRequest(), subscription));
            assertThat(near.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.no_such_subscription");
            for (String procedure : List.of("wamp.session.get", "wamp.session.kill")) {
                near.send(new Call(near.nextRequest(), CallOptions.DEFAULT, procedure, near.payload(far.session())));
                assertThat(near.expect(ErrorMessage.class).error()).isEqualTo("wamp.error.no_such_session");
            }
            near.send(new Call(near.nextRequest(), CallOptions.DEFAULT, "wamp.session.list", near.payload()));
            assertThat(String.valueOf(near.args(near.expect(Result.class)).get(0)))
                    .contains(String.valueOf(near.session()))
                    .doesNotContain(String.valueOf(far.session()));
            near.send(new Call(near.nextRequest(), CallOptions.DEFAULT, "wamp.session.kill_all", near.payload()));
            near.expect(Result.class);
            publish(far, "com.example.still_here", null);
        }
    }
}
