package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.node.NodeStartException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft roundtrip} against a node. */
class RoundTripCommandTest {
    private RoundTripNode node;
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
        node = RoundTripNode.start(yaml);
        url = node.url("rs");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aCallGoesFromOneSessionToTheOther() {
        assertThat(node.run("roundtrip", url, url)).isZero();
        assertThat(node.out()).startsWith(url + " called by way of " + url + ": answered in ");
    }

    @Test
    void oneUrlIsEnough() {
        assertThat(node.run("roundtrip", url, "--procedure", "com.example.check"))
                .isZero();
    }

    @Test
    void sessionsThatShowATicketJoinWhereNobodyIsAnonymous() throws Exception {
        Path ticket = directory.resolve("ticket");
        Files.writeString(ticket, "the ticket\n");
        assertThat(node.run("roundtrip", url, "--realm", "closed")).isEqualTo(1);
        String[] shown = {
            "roundtrip", url, "--realm", "closed", "--authid", "checker", "--ticket-file", ticket.toString()
        };
        assertThat(node.run(shown)).as(node.err()).isZero();
        Files.writeString(ticket, "another");
        assertThat(node.run(shown)).isEqualTo(1);
        assertThat(node.err()).doesNotContain("another");
    }

    @Test
    void aTicketIsOfSomebody() throws Exception {
        Path ticket = directory.resolve("ticket");
        assertThat(node.run("roundtrip", url, "--ticket-file", ticket.toString()))
                .isEqualTo(2);
        assertThat(node.err()).contains("--authid and --ticket-file belong together");
        assertThat(node.run("roundtrip", url, "--authid", "checker", "--ticket-file", ticket.toString()))
                .isEqualTo(2);
        assertThat(node.err()).contains("cannot be read");
    }

    @Test
    void aRealmThatIsNotThereIsToldWithTheUrl() {
        assertThat(node.run("roundtrip", url, "--realm", "elsewhere")).isEqualTo(1);
        assertThat(node.err()).contains(url).contains("no_such_realm");
    }

    @Test
    void aProcedureThatMustNotBeRegisteredIsTold() {
        assertThat(node.run("roundtrip", url, "--procedure", "wamp.mine")).isEqualTo(1);
        assertThat(node.err()).contains("expected REGISTERED").contains("wamp.error.invalid_uri");
    }

    @Test
    void whereNobodyListensItFails() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(node.run("roundtrip", "rs://127.0.0.1:" + free)).isEqualTo(1);
        assertThat(node.err()).contains("127.0.0.1:" + free);
    }

    @Test
    void anotherSchemeIsWrongUsage() {
        assertThat(node.run("roundtrip", "http://127.0.0.1:8080")).isEqualTo(2);
        assertThat(node.err()).contains("expected rs://host:port");
    }
}
