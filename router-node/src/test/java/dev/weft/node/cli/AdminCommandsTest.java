package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.admin.AdminServer;
import dev.weft.config.HostPort;
import dev.weft.node.NodeStartException;
import dev.weft.testkit.StaticAdminNode;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code weft cluster} and {@code weft drain} against an admin port. */
class AdminCommandsTest {
    private final Vertx vertx = Vertx.vertx();
    private final StaticAdminNode node = new StaticAdminNode();
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void listen() throws Exception {
        HostPort address = new AdminServer(vertx, node, node, node)
                .listen(new HostPort("127.0.0.1", 0))
                .await(10, TimeUnit.SECONDS);
        environment.put("WEFT_ADMIN", address.toString());
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private int run(String... arguments) {
        return WeftCommand.create(
                        (config, source) -> {
                            throw new NodeStartException("not here");
                        },
                        environment,
                        new Console(new PrintWriter(out, true), new PrintWriter(err, true)),
                        ListeningNode.class)
                .execute(arguments);
    }

    @Test
    void aTableHasAlignedColumnsForPeople() {
        assertThat(run("cluster", "members")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "NAME             MEMBER  ROUND-TRIP-MS",
                        "node-1           yes     1.500",
                        "node-twenty-two  no      0.000");
    }

    @Test
    void jsonIsPassedOnAsItComes() {
        assertThat(run("cluster", "members", "--format", "json")).isZero();
        assertThat(out.toString()).startsWith("{\n  \"members\": [").contains("\"hidden\": []");
    }

    @Test
    void whatIsNoTableIsPrintedBelow() {
        assertThat(run("cluster", "tables")).isZero();
        assertThat(out.toString()).contains("last audit, found: 2");
    }

    @Test
    void verifyExitsWith1IfSomethingDiffers() {
        assertThat(run("cluster", "verify")).isZero();
        node.differences = List.of(Map.of("peer", "node-2", "bucket", 5));
        assertThat(run("cluster", "verify")).isEqualTo(1);
        assertThat(out.toString()).contains("node-2");
        assertThat(run("cluster", "verify", "--format", "json")).isEqualTo(1);
        assertThat(run("cluster", "verify", "--repair")).isZero();
        assertThat(node.told).containsExactly("verify false", "verify false", "verify false", "verify true");
    }

    @Test
    void drainTellsTheNode() {
        assertThat(run("drain")).isZero();
        assertThat(node.told).containsExactly("drain");
    }

    @Test
    void aNodeThatIsNotReadyGives3() {
        node.knowsNothing = true;
        node.notReady = List.of("node-2 has no link");
        assertThat(run("cluster", "members")).isEqualTo(3);
        assertThat(err.toString()).contains("the node is not ready: [node-2 has no link]");
    }

    @Test
    void aFailureOfTheNodeIsTold() {
        assertThat(run("cluster", "links")).isEqualTo(1);
        assertThat(err.toString()).contains("the node says 500: the links are broken");
    }

    @Test
    void withoutAnAdminPortItSaysHowToHaveOne() {
        int free = LocalPorts.free(1).get(0);
        assertThat(run("cluster", "members", "--admin", "127.0.0.1:" + free)).isEqualTo(1);
        assertThat(err.toString())
                .contains("no node answers at 127.0.0.1:" + free + " (nobody listens there)")
                .contains("weft serve --set admin.address=127.0.0.1:8180")
                .contains("--admin or WEFT_ADMIN");
    }

    @Test
    void wrongUseExitsWith2() {
        assertThat(run("cluster", "members", "--admin", "nowhere")).isEqualTo(2);
        assertThat(run("cluster", "members", "--format", "yaml")).isEqualTo(2);
        assertThat(run("cluster", "frobnicate")).isEqualTo(2);
        assertThat(run("cluster")).isEqualTo(2);
    }

    @Test
    void statusPrintsFiguresAndListeners() {
        assertThat(run("status")).isZero();
        assertThat(out.toString()).contains("messages received: 10", "NAME");
        assertThat(run("status", "--json")).isZero();
        assertThat(out.toString()).contains("\"messages_received\": 10");
    }

    @Test
    void reloadNamesWhatChangedAndFailsIfTheConfigurationIsWrong() {
        assertThat(run("reload")).isZero();
        assertThat(out.toString()).contains("logging.level: debug", "in force after a restart: nothing");
        node.wrong = List.of("line 3: unknown key");
        assertThat(run("reload")).isEqualTo(1);
        assertThat(err.toString()).contains("line 3: unknown key");
    }

    @Test
    void topShowsRatesFromTheSecondRoundOnAndTheConnections() {
        assertThat(run("top", "--count", "2", "--interval", "0")).isZero();
        assertThat(out.toString())
                .contains(
                        "node-1 ready", "4 connections, by pending_bytes", "PENDING-BYTES", "per second:  messages in");
        assertThat(run("top", "--count", "1", "--sort", "nonsense")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no column nonsense");
    }
}
