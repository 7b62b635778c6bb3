package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.testkit.TestClient;
import dev.weft.transport.Framing;
import dev.weft.wamp.Abort;
import dev.weft.wamp.Hello;
import dev.weft.wamp.Payload;
import dev.weft.wamp.Publish;
import dev.weft.wamp.PublishOptions;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.Welcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session, a role, a realm and an address may use, over real sockets. */
class SessionLimitsTest {
    private final List<TestClient> clients = new ArrayList<>();
    private RunningNode node;

    private void start(String limits, String ofRole) throws NodeStartException {
        node = RouterNode.start(NodeConfigs.of("""
                node: {name: narrow}
                listeners: [{address: "127.0.0.1:0"}]
                limits: {%s}
                realms:
                - uri: realm1
                  auth: {methods: [anonymous]}
                  roles:
                    - name: anonymous
                      permissions: [{uri: "", match: prefix, allow: [publish]}]
                      %s
                - uri: realm2
                  auth: {methods: [anonymous]}
                  roles: [{name: anonymous}]
                drain: {spread: 0s}
                """.formatted(limits, ofRole)));
    }

    @AfterEach
    void stop() throws IOException {
        for (TestClient client : clients) {
            client.close();
        }
        node.stop();
    }

    private WampMessage hello(String realm) throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        TestClient client = TestClient.connect(port, Framing.RAWSOCKET, SerializerId.JSON);
        clients.add(client);
        client.send(new Hello(realm, Map.of("roles", Map.of("publisher", Map.of()))));
        return client.receive();
    }

    private static void assertExceeded(WampMessage message, String words) {
        assertThat(message).isInstanceOf(Abort.class);
        assertThat(((Abort) message).reason()).isEqualTo("weft.error.limit_exceeded");
        assertThat(((Abort) message).details()).containsEntry("message", words);
    }

    @ParameterizedTest
    @CsvSource({
        "max-sessions-per-realm: 2, '', the realm",
        "max-depth: 64, 'max-sessions: 2', the role",
    })
    void oneSessionMoreThanARealmOrRoleMayHaveIsRefusedUntilAnotherEnds(String limits, String ofRole, String who)
            throws Exception {
        start(limits, ofRole);
        assertThat(hello("realm1")).isInstanceOf(Welcome.class);
        assertThat(hello("realm1")).isInstanceOf(Welcome.class);

        assertExceeded(hello("realm1"), who + " has 2 sessions, and may not have more");
        assertThat(hello("realm2")).isInstanceOf(Welcome.class);

        clients.get(0).leave();
        await().until(() -> hello("realm1") instanceof Welcome);
    }

    @Test
    void oneSessionMoreThanAnAddressMayHaveIsRefusedInAnyRealm() throws Exception {
        start("max-sessions-per-address: 2", "");
        assertThat(hello("realm1")).isInstanceOf(Welcome.class);
        assertThat(hello("realm2")).isInstanceOf(Welcome.class);

        assertExceeded(hello("realm1"), "the address has 2 sessions, and may not have more");
    }

    @ParameterizedTest
    @CsvSource({"max-message-rate: 20, ''", "max-message-rate: 1000000, 'max-message-rate: 20'"})
    void aSessionThatSendsMoreThanItMayIsAborted(String limits, String ofRole) throws Exception {
        start(limits, ofRole);
        assertThat(hello("realm1")).isInstanceOf(Welcome.class);
        TestClient client = clients.get(0);

        for (int i = 0; i < 500; i++) {
            client.send(new Publish(client.nextRequest(), PublishOptions.DEFAULT, "com.example.x", Payload.EMPTY));
        }

        assertExceeded(client.receive(), "more than 20 messages a second");
    }
}
