package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.ConfigDoc;
import dev.weft.config.DefaultConfig;
import dev.weft.node.NodeStartException;
import dev.weft.node.NodeStarter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    private static final NodeStarter REFUSING = (config, source) -> {
        throw new NodeStartException("port 8080 is taken");
    };

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path good;

    @BeforeEach
    void aGoodFile() throws IOException {
        good = Files.writeString(
                directory.resolve("good.yaml"),
                "realms: [{uri: realm1, auth: {methods: [anonymous]}, roles: [{name: anonymous}]}]\n");
    }

    private int run(String... arguments) {
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
        return WeftCommand.create(REFUSING, Map.of(), console, ListeningNode.class)
                .execute(arguments);
    }

    @Test
    void checkConfigListsEveryProblemAndExitsWith2() throws IOException {
        Path file = Files.writeString(directory.resolve("bad.yaml"), "limits: {max-depth: 0}\nrealms: [{}]\n");

        assertThat(run("check-config", file.toString())).isEqualTo(2);

        assertThat(out.toString().lines())
                .containsExactly(
                        file + ":1:21: error: limits.max-depth: 0 is too small, the least is 4",
                        file + ":2:10: error: realms[0].uri: missing (for example uri: realm1)",
                        file + ":2:10: error: realms[0].auth.methods: missing (for example methods: [anonymous])");
    }

    @Test
    void checkConfigPrintsADigestThatChangesWithTheValues() {
        assertThat(run("check-config", good.toString())).isZero();
        assertThat(run("check-config", good.toString())).isZero();
        assertThat(run("check-config", good.toString(), "--set", "limits.max-depth=65"))
                .isZero();

        assertThat(out.toString().lines()).hasSize(3).allMatch(line -> line.matches(".*: ok, digest [0-9a-f]{12}"));
        assertThat(out.toString().lines().distinct()).hasSize(2);
    }

    @Test
    void theReferenceAndTheDefaultsArePrinted() {
        assertThat(run("config-doc", "--md")).isZero();
        assertThat(run("default-config")).isZero();

        assertThat(out).hasToString(ConfigDoc.render() + DefaultConfig.render());
    }

    @Test
    void theSchemaIsPrinted() {
        assertThat(run("config-doc", "--schema")).isZero();

        assertThat(out.toString()).startsWith("{\n  \"$schema\"");
    }

    @Test
    void theVersionsArePrinted() {
        assertThat(run("version")).isZero();

        assertThat(out.toString()).startsWith("weft ").contains(", Java ");
    }

    @Test
    void aWrongCommandExitsWith2() {
        assertThat(run("frobnicate")).isEqualTo(2);
        assertThat(run("serve", "--no-such-flag")).isEqualTo(2);
        assertThat(run("up", "--nodes", "0")).isEqualTo(2);
    }

    @Test
    void serveDoesNotStartWithAWrongConfiguration() {
        assertThat(run("serve", "--set", "limits.max-depth=x")).isEqualTo(2);

        assertThat(err.toString()).contains("--set limits.max-depth: error: limits.max-depth: expected a whole number");
    }

    @Test
    void serveSaysWhyANodeCannotStart() {
        assertThat(run("serve", "--config", good.toString())).isEqualTo(1);

        assertThat(err.toString()).isEqualToIgnoringNewLines("weft: cannot start: port 8080 is taken");
    }

    @Test
    void devListensOnLoopbackOnly() {
        assertThat(run("serve", "--dev", "--set", "listeners.0.address=0.0.0.0:8080"))
                .isEqualTo(2);
        assertThat(run("serve", "--dev", "--config", good.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains("--dev lets anyone in, so it listens on loopback addresses only, not on 0.0.0.0:8080")
                .contains("--dev brings a configuration of its own");
    }
}
