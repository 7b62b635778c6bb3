package dev.weft.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.load.relay.Relay;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return LoadTests.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private int executeShortly(String... arguments) {
        List<String> all = new ArrayList<>(List.of("load"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--warmup", "0s", "--duration", "200ms"));
        return execute(all.toArray(String[]::new));
    }

    @Test
    void theShortFormsPrintATableAndWriteJsonAndPlot() throws Exception {
        Path json = directory.resolve("out.json");
        Path plot = directory.resolve("out.svg");
        try (Relay relay = Relay.start(0)) {
            String endpoint = "relay://127.0.0.1:" + relay.port();
            assertThat(executeShortly(
                            "rpc",
                            "--endpoint=" + endpoint,
                            "--rate=500",
                            "--json=" + json,
                            "--plot=" + plot,
                            "--pid=" + ProcessHandle.current().pid()))
                    .isZero();
            assertThat(executeShortly("fanout", "--endpoint=" + endpoint, "--subscribers=3", "--quiet"))
                    .isZero();
        }
        assertThat(out.toString())
                .contains("round trip")
                .contains("delivered event")
                .contains("router   CPU");
        assertThat(err.toString()).contains("   0.2 s ").contains("MiB");
        assertThat(Files.readString(json)).startsWith("{");
        assertThat(Files.readString(plot)).startsWith("<svg");
    }

    @Test
    void aScenarioWithMistakesEndsWithTwoAndSaysWhere() throws Exception {
        Path file = Files.writeString(directory.resolve("bad.yaml"), "load:\n  - type: rpc\n    callers: many\n");
        assertThat(execute("load", "run", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("bad.yaml:3:14: load[0].callers: expected a whole number");
        assertThat(execute("load", "run", "nowhere.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no file nowhere.yaml");
    }

    @Test
    void wrongArgumentsEndWithTwo() {
        assertThat(execute("load", "rpc", "--endpoint", "http://x:1")).isEqualTo(2);
        assertThat(execute("load", "rpc", "--payload", "5")).isEqualTo(2);
        assertThat(execute("load", "fanout", "--subscribers", "0")).isEqualTo(2);
        assertThat(execute("load", "rpc", "--warmup", "soon")).isEqualTo(2);
        assertThat(execute("load", "compare", "--cases", "nothing")).isEqualTo(2);
        assertThat(execute("load", "profile", "--cases", "nothing")).isEqualTo(2);
        assertThat(execute("load", "profile", "--warmup", "soon")).isEqualTo(2);
        assertThat(execute("load")).isEqualTo(2);
    }

    @Test
    void aRouterThatIsNotThereEndsWithOne() {
        assertThat(executeShortly("rpc", "--port", "1")).isEqualTo(1);
        assertThat(err.toString()).contains("weft load: ").contains("refused");
    }

    @Test
    void theCasesOfTheComparisonAreListed() {
        assertThat(execute("load", "compare", "--list", "--cases", "fan-out-*", "--fan-out", "7"))
                .isZero();
        assertThat(out.toString())
                .contains("fan-out-7 ")
                .contains("fan-out-100-tls")
                .doesNotContain("rpc");
    }
}
