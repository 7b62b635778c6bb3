package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.ConfigLoader;
import dev.weft.config.NodeConfig;
import dev.weft.node.BoundListener;
import dev.weft.node.NodeStartException;
import dev.weft.node.RouterNode;
import dev.weft.node.RunningNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft roundtrip} against a node. */
class RoundTripCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private RunningNode node;
    private String url;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws NodeStartException, IOException {
        Path principals = directory.resolve("principals.yaml");
        Files.writeString(principals, "principals: [{authid: checker, role: checker, ticket: the ticket}]");
        String yaml = """
                listeners: [{address: "127.0.0.1:0"}]
                realms:
                  - uri: realm1
                    auth: {methods: [anonymous]}
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register]}]}]
                  - uri: closed
                    auth: {methods: [ticket], principals: [%s]}
                    roles: [{name: checker, permissions: [{uri: "", match: prefix, allow: [call, register]}]}]
                """.formatted(principals);
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
    void sessionsThatShowATicketJoinWhereNobodyIsAnonymous() throws Exception {
        Path ticket = directory.resolve("ticket");
        Files.writeString(ticket, "the ticket\n");
        assertThat(run("roundtrip", url, "--realm", "closed")).isEqualTo(1);
        String[] shown = {
            "roundtrip", url, "--realm", "closed", "--authid", "checker", "--ticket-file", ticket.toString()
        };
        assertThat(run(shown)).as(err.toString()).isZero();
        Files.writeString(ticket, "another");
        assertThat(run(shown)).isEqualTo(1);
        assertThat(err.toString()).doesNotContain("another");
    }

    @Test
    void aTicketIsOfSomebody() throws Exception {
        Path ticket = directory.resolve("ticket");
        assertThat(run("roundtrip", url, "--ticket-file", ticket.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--authid and --ticket-file belong together");
        assertThat(run("roundtrip", url, "--authid", "checker", "--ticket-file", ticket.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("cannot be read");
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
