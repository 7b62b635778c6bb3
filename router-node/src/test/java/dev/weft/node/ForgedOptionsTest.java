package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.WebSocketClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What belongs to the router, written by a client: whoever receives the message does not see it. */
class ForgedOptionsTest {
    private static final String FORGED = "mallory-was-here";
    private static final String OPTIONS = """
            {"acknowledge":true,"exclude_me":false,"forward_for":[{"session":1,"authid":"X","authrole":"X"}],"caller":1,
            "caller_authid":"X","caller_authrole":"X","publisher":1,"publisher_authid":"X","publisher_authrole":"X",
            "authid":"X","authrole":"X","trustlevel":7,"topic":"com.example.X","procedure":"com.example.X",
            "retained":true,"_internal":"X","x_forged":"X"}""".replace("X", FORGED).replace("\n", "");

    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        node = RouterNode.start(NodeConfigs.of("""
                listeners: [{address: "127.0.0.1:0"}]
                realms:
                - uri: realm1
                  auth: {methods: [anonymous]}
                  roles: [{name: anonymous, permissions: [{uri: "", match: prefix,
                           allow: [call, register, publish, subscribe]}]}]
                """));
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    private static WebSocketClient join() throws IOException {
        String address = node.addresses().get(0).address();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        WebSocketClient client = WebSocketClient.open(port, "wamp.2.json");
        client.sendText("[1,\"realm1\",{\"roles\":{\"caller\":{},\"callee\":{},\"publisher\":{},\"subscriber\":{}},"
                + "\"authrole\":\"" + FORGED + "\",\"authid\":\"" + FORGED + "\",\"authprovider\":\"" + FORGED
                + "\"}]");
        assertThat(text(client)).startsWith("[2,").doesNotContain(FORGED);
        return client;
    }

    private static String text(WebSocketClient client) throws IOException {
        return new String(client.receive().payload(), StandardCharsets.UTF_8);
    }

    @Test
    void aSubscriberSeesNothingThatAPublisherMadeUp() throws IOException {
        try (WebSocketClient subscriber = join();
                WebSocketClient publisher = join()) {
            subscriber.sendText("[32,1,{},\"com.example.topic\"]");
            assertThat(text(subscriber)).startsWith("[33,");
            publisher.sendText("[16,1," + OPTIONS + ",\"com.example.topic\",[\"x\"]]");
            assertThat(text(publisher)).startsWith("[17,");
            assertThat(text(subscriber))
                    .startsWith("[36,")
                    .contains("\"x\"")
                    .doesNotContain(FORGED, "forward_for", "publisher", "trustlevel");
        }
    }

    @Test
    void neitherCalleeNorCallerSeesWhatTheOtherMadeUp() throws IOException {
        try (WebSocketClient callee = join();
                WebSocketClient caller = join()) {
            callee.sendText("[64,1,{},\"com.example.procedure\"]");
            assertThat(text(callee)).startsWith("[65,");
            caller.sendText("[48,1," + OPTIONS + ",\"com.example.procedure\",[\"x\"]]");
            String invocation = text(callee);
            assertThat(invocation)
                    .startsWith("[68,")
                    .contains("\"x\"")
                    .doesNotContain(FORGED, "forward_for", "caller", "trustlevel");
            callee.sendText("[70," + invocation.split(",")[1] + "," + OPTIONS + ",[\"y\"]]");
            assertThat(text(caller)).startsWith("[50,1,").contains("\"y\"").doesNotContain(FORGED, "forward_for");
        }
    }
}
