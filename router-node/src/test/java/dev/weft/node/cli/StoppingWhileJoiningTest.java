package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.config.ConfigLoader;
import dev.weft.config.RealmConfig;
import dev.weft.node.RouterNode;
import dev.weft.node.RunningNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A node in a process of its own that has joined a cluster, but is never ready, since no link to the other node comes about. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs signals")
class StoppingWhileJoiningTest {
    private static final long PATIENCE_SECONDS = 45;

    @TempDir
    Path directory;

    private final List<Integer> ports = LocalPorts.free(3);
    private RunningNode other;
    private Process joining;

    private List<String> settings(int node) {
        return List.of(
                "node.name=node-" + node,
                "listeners.0.address=127.0.0.1:0",
                "admin.address=127.0.0.1:0",
                "realms=[{uri: realm1, auth: {methods: [anonymous]}, roles: " + RealmConfig.OPEN_ROLES + "}]",
                "cluster.enabled=true",
                "cluster.name=joining-" + ports.get(0),
                "cluster.discovery={type: static, members: [\"127.0.0.1:" + ports.get(0) + "\", \"127.0.0.1:"
                        + ports.get(1) + "\"]}",
                "cluster.hazelcast.address=127.0.0.1:" + ports.get(node),
                "cluster.link.address=127.0.0.1:0",
                "cluster.link.secret=sixteen characters and more",
                "drain.spread=0s");
    }

    @BeforeEach
    void startOneThatCannotBeReached() throws Exception {
        List<String> unreachable = new ArrayList<>(settings(0));
        unreachable.add("cluster.link.advertised-address=127.0.0.1:" + ports.get(2));
        other = RouterNode.start(new ConfigLoader(Map.of(), unreachable)
                .loadText("test", "")
                .config()
                .orElseThrow());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m", "-Dlogback.configurationFile=logback.xml"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "serve"));
        settings(1).forEach(setting -> command.addAll(List.of("--set", setting)));
        joining = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(output()).contains("admin port on "));
        assertThat(other.members()).containsExactly("node-0", "node-1");
    }

    @AfterEach
    void nothingIsLeftRunning() throws Exception {
        joining.destroyForcibly().waitFor();
        other.stop();
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    @Test
    void aNodeThatIsToldToStopBeforeItIsReadyLeavesTheCluster() throws Exception {
        new ProcessBuilder("kill", "-TERM", Long.toString(joining.pid()))
                .start()
                .waitFor();

        assertThat(joining.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(joining.exitValue()).as(output()).isZero();
        assertThat(output()).contains("has stopped").doesNotContain("READY ", "did not close cleanly");
        await().until(() -> other.members().equals(List.of("node-0")));
    }
}
