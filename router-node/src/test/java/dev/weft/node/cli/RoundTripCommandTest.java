package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.ConfigLoader;
import dev.weft.config.NodeConfig;
import dev.weft.node.BoundListener;
import dev.weft.node.NodeStartException;
import dev.weft.node.RouterNode;
import dev.weft.node.RunningNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code weft roundtrip} against a node. */
class RoundTripCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private RunningNode node;
    private String url;

    @BeforeEach
    void start() throws NodeStartException {
        String yaml = """
                listeners: [{address: "127.0.0.1:0"}]
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register]}]}]
                """;
        NodeConfig config = new ConfigLoader(Map.of(), List.of())
                .loadText("test", yaml)
                .config()
                .orElseThrow();
        node = RouterNode.start(config);
        url = node.addresses().stream()
                .map(BoundListener::urls)
                .flatMap(List::stream)
                .filter(one -> one.startsWith("rs:"))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        node.stop();
    }

    private int run(String... arguments) {
        return WeftCommand.create(
                        (config, source) -> {
                            throw new NodeStartException("not here");
                        },
                        Map.of(),
                        new Console(new PrintWriter(out, true), new PrintWriter(err, true)),
                        ListeningNode.class)
                .execute(arguments);
    }

    @Test
    void aCallGoesFromOneSessionToTheOther() {
        assertThat(run("roundtrip", url, url)).isZero();
        assertThat(out.toString()).startsWith(url + " called by way of " + url + ": answered in ");
    }

    @Test
    void oneUrlIsEnough() {
        assertThat(run("roundtrip", url, "--procedure", "com.example.check")).isZero();
    }

    @Test
    void aRealmThatIsNotThereIsToldWithTheUrl() {
        assertThat(run("roundtrip", url, "--realm", "elsewhere")).isEqualTo(1);
        assertThat(err.toString()).contains(url).contains("no_such_realm");
    }

    @Test
    void aProcedureThatMustNotBeRegisteredIsTold() {
        assertThat(run("roundtrip", url, "--procedure", "wamp.mine")).isEqualTo(1);
        assertThat(err.toString()).contains("expected REGISTERED").contains("wamp.error.invalid_uri");
    }

    @Test
    void whereNobodyListensItFails() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(run("roundtrip", "rs://127.0.0.1:" + free)).isEqualTo(1);
        assertThat(err.toString()).contains("127.0.0.1:" + free);
    }

    @Test
    void anotherSchemeIsWrongUsage() {
        assertThat(run("roundtrip", "http://127.0.0.1:8080")).isEqualTo(2);
        assertThat(err.toString()).contains("expected rs://host:port");
    }
}
