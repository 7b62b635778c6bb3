package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.StaticAdminNode;
import dev.weft.wamp.PrintableText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code weft cluster} and {@code weft drain} against an admin port. */
class AdminCommandsTest {
    private final StaticAdminNode node = new StaticAdminNode();
    private AskingCommandLine weft;

    @BeforeEach
    void listen() throws Exception {
        weft = new AskingCommandLine(node);
    }

    @AfterEach
    void close() throws Exception {
        weft.close();
    }

    @Test
    void aTableHasAlignedColumnsForPeople() {
        assertThat(weft.run("cluster", "members")).isZero();
        assertThat(weft.out().lines())
                .containsExactly(
                        "NAME             MEMBER  ROUND-TRIP-MS",
                        "node-1           yes     1.500",
                        "node-twenty-two  no      0.000");
    }

    @Test
    void jsonIsPassedOnAsItComes() {
        assertThat(weft.run("cluster", "members", "--format", "json")).isZero();
        assertThat(weft.out()).startsWith("{\n  \"members\": [").contains("\"hidden\": []");
    }

    @Test
    void whatIsNoTableIsPrintedBelow() {
        assertThat(weft.run("cluster", "tables")).isZero();
        assertThat(weft.out()).contains("last audit, found: 2");
    }

    @Test
    void verifyExitsWith1IfSomethingDiffers() {
        assertThat(weft.run("cluster", "verify")).isZero();
        node.differences = List.of(Map.of("peer", "node-2", "bucket", 5));
        assertThat(weft.run("cluster", "verify")).isEqualTo(1);
        assertThat(weft.out()).contains("node-2");
        assertThat(weft.run("cluster", "verify", "--format", "json")).isEqualTo(1);
        assertThat(weft.run("cluster", "verify", "--repair")).isZero();
        assertThat(node.told).containsExactly("verify false", "verify false", "verify false", "verify true");
    }

    @Test
    void whatClientsHaveWrittenDoesNothingToTheTerminal() {
        node.differences = List.of(Map.of("peer", "a\u001b]0;owned\u0007\u009b2J\u202eb\r\n\u0000"));
        for (String format : List.of("text", "json")) {
            weft.run("cluster", "verify", "--format", format);
            assertThat(weft.out().lines()).allMatch(PrintableText::is, format);
            assertThat(weft.out()).contains("a\\u001b]0;owned\\u0007\\u009b2J\\u202eb\\u000d\\u000a\\u0000");
        }
    }

    @Test
    void drainTellsTheNode() {
        assertThat(weft.run("drain")).isZero();
        assertThat(node.told).containsExactly("drain");
    }

    @Test
    void aNodeThatIsNotReadyGives3() {
        node.knowsNothing = true;
        node.notReady = List.of("node-2 has no link");
        assertThat(weft.run("cluster", "members")).isEqualTo(3);
        assertThat(weft.err()).contains("the node is not ready: [node-2 has no link]");
    }

    @Test
    void aFailureOfTheNodeIsTold() {
        assertThat(weft.run("cluster", "links")).isEqualTo(1);
        assertThat(weft.err()).contains("the node says 500: the links are broken");
    }

    @Test
    void withoutAnAdminPortItSaysHowToHaveOne() {
        int free = LocalPorts.free(1).get(0);
        assertThat(weft.run("cluster", "members", "--admin", "127.0.0.1:" + free))
                .isEqualTo(1);
        assertThat(weft.err())
                .contains("no node answers at 127.0.0.1:" + free + " (nobody listens there)")
                .contains("weft serve --set admin.address=127.0.0.1:8180")
                .contains("--admin or WEFT_ADMIN");
    }

    @Test
    void wrongUseExitsWith2() {
        assertThat(weft.run("cluster", "members", "--admin", "nowhere")).isEqualTo(2);
        assertThat(weft.run("cluster", "members", "--format", "yaml")).isEqualTo(2);
        assertThat(weft.run("cluster", "frobnicate")).isEqualTo(2);
        assertThat(weft.run("cluster")).isEqualTo(2);
    }

    @Test
    void statusPrintsFiguresAndListeners() {
        assertThat(weft.run("status")).isZero();
        assertThat(weft.out()).contains("messages received: 10", "NAME");
        assertThat(weft.run("status", "--json")).isZero();
        assertThat(weft.out()).contains("\"messages_received\": 10");
    }

    @Test
    void reloadNamesWhatChangedAndFailsIfTheConfigurationIsWrong() {
        assertThat(weft.run("reload")).isZero();
        assertThat(weft.out()).contains("logging.level: debug", "in force after a restart: nothing");
        node.wrong = List.of("line 3: unknown key");
        assertThat(weft.run("reload")).isEqualTo(1);
        assertThat(weft.err()).contains("line 3: unknown key");
    }

    @Test
    void topShowsRatesFromTheSecondRoundOnAndTheConnections() {
        assertThat(weft.run("top", "--count", "2", "--interval", "0")).isZero();
        assertThat(weft.out())
                .contains(
                        "node-1 ready", "4 connections, by pending_bytes", "PENDING-BYTES", "per second:  messages in");
        assertThat(weft.run("top", "--count", "1", "--sort", "nonsense")).isEqualTo(1);
        assertThat(weft.err()).contains("there is no column nonsense");
    }
}
