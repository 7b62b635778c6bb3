package dev.weft.load.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.load.client.Endpoint;
import dev.weft.load.conformance.wire.Language;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConformanceCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return new CommandLine(new ConformanceCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    @Test
    void whatListensButIsNoRouterFailsEveryCheckOfTheBasicProfile(@TempDir Path directory) throws Exception {
        Path json = directory.resolve("verdicts.json");
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread closing = new Thread(() -> closeAll(server));
            closing.start();
            String url = "rs://127.0.0.1:" + server.getLocalPort();
            assertThat(execute("--url", url, "--serializer", "json", "--only", "sessions", "--json", json.toString()))
                    .isEqualTo(1);
        }
        assertThat(out.toString())
                .contains("sessions")
                .contains("0/5")
                .contains("FAILED 1 times: sessions: WELCOME has an id and the router's roles")
                .endsWith("0 passed, 5 failed, 0 not announced" + System.lineSeparator());
        assertThat(Files.readString(json)).contains("\"failed\" : 5").contains("\"placement\" : \"1-1-1\"");
    }

    private static void closeAll(ServerSocket server) {
        try {
            while (true) {
                Socket accepted = server.accept();
                accepted.close();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void theFeaturesAndTheirChecksAreListed() {
        assertThat(execute("--list", "--only", "timeout")).isZero();
        assertThat(out.toString())
                .startsWith("call timeout (dealer.call_timeout)")
                .contains("    an answer in time is the answer");
    }

    @Test
    void mistakesAreSaid() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).contains("--url is needed");
        assertThat(execute("--url", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(err.toString()).contains("expected an address such as rs://");
        assertThat(execute("--url", "rs://127.0.0.1:1", "--only", "flying")).isEqualTo(2);
        assertThat(err.toString()).contains("no feature's name contains 'flying'");
        assertThat(execute("--url", "rs://127.0.0.1:1", "--url", "ws://127.0.0.1:2"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the nodes have no transport in common");
    }

    @Test
    void threeClientsAreOnEveryPairOfNodesAndTheThirdOnTheNext() {
        assertThat(Column.of(
                        List.of(
                                List.of(Endpoint.parse("rs://127.0.0.1:1")),
                                List.of(Endpoint.parse("rs://127.0.0.1:2"))),
                        List.of(Language.CBOR)))
                .map(Column::toString)
                .containsExactly(
                        "rawsocket cbor 1-1-2", "rawsocket cbor 1-2-1", "rawsocket cbor 2-1-2", "rawsocket cbor 2-2-1");
    }
}
