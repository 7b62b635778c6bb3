package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.DribblingClient;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of the HTTP bridge that are never idle and never done (slowloris). */
class SlowHttpClientsTest {
    private static RunningNode node;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        node = RouterNode.start(NodeConfigs.of("""
                listeners: [{type: http, address: "127.0.0.1:0"}]
                limits: {handshake-timeout: 1s}
                realms:
                - uri: realm1
                  auth: {methods: [anonymous]}
                  roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [publish]}]}]
                """));
        port = URI.create(node.addresses().get(0).urls().get(0)).getPort();
    }

    @AfterAll
    static void stop() {
        node.stop();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "says nothing | '' | ''",
                "sends its headers one by one | GET /subscribe HTTP/1.1 | X: y",
                "sends its body by and by | POST /publish HTTP/1.1~Host: 127.0.0.1~Content-Type: application/json~Content-Length: 9999~ | [",
            })
    void whoeverDoesNotComeToAnEndIsClosed(String name, String first, String more) throws Exception {
        String lines = first.isEmpty() ? "" : first.replace("~", "\r\n") + "\r\n";
        assertThat(DribblingClient.isClosed(port, lines, more.length() > 1 ? more + "\r\n" : more))
                .isTrue();
    }
}
