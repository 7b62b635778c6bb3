package dev.weft.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands as processes: what they print, and how they end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs signals")
class ProcessTest {
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void nothingIsLeftRunning() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process weft(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Djava.io.tmpdir=" + directory);
        command.add("-Dlogback.configurationFile=logback.xml");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ListeningNode.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        started.add(process);
        return process;
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    private String logOf(String node) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            Path log = files.filter(file -> file.endsWith(node + ".log"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(log);
        }
    }

    private void awaitOutput(String text) {
        await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(output()).contains(text));
    }

    private static void signal(long pid, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    }

    private static void awaitEnd(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static int firstOfFreePorts(int count) {
        return IntStream.range(0, 100)
                .map(attempt -> LocalPorts.free(1).get(0) - count)
                .filter(first -> IntStream.range(first, first + count).allMatch(LocalPorts::isFree))
                .findFirst()
                .orElseThrow();
    }

    private long pidOf(String node) throws IOException {
        Matcher matcher = Pattern.compile(node + " is ready \\(pid ([0-9]+)\\)").matcher(output());
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void serveIsReadyAndEndsWith130AfterCtrlC() throws Exception {
        Process serve = weft("serve", "--dev", "--set", "listeners.0.address=127.0.0.1:0");
        awaitOutput("READY {\"node\":\"weft\",\"urls\":[\"ws://127.0.0.1:");
        awaitOutput("new WebSocket(\"ws://127.0.0.1:");

        signal(serve.pid(), "INT");

        awaitEnd(serve);
        assertThat(serve.exitValue()).isEqualTo(130);
        assertThat(output()).contains("stopped");
    }

    @Test
    void serveEndsWith0AfterSigterm() throws Exception {
        Process serve = weft("serve", "--dev", "--set", "listeners.0.address=127.0.0.1:0");
        awaitOutput("READY ");

        signal(serve.pid(), "TERM");

        awaitEnd(serve);
        assertThat(serve.exitValue()).isZero();
    }

    /** A node that is never ready, and what else its name stands for. */
    private Process starting(String name) throws Exception {
        Process serve = weft("serve", "--dev", "--set", "node.name=" + name);
        awaitOutput("starting");
        return serve;
    }

    @Test
    void serveEndsWith0AfterSigtermAlsoWhileItStarts() throws Exception {
        Process serve = starting(ListeningNode.NEVER_READY);

        signal(serve.pid(), "TERM");

        awaitEnd(serve);
        assertThat(serve.exitValue()).isZero();
        assertThat(output()).contains("stopped before the node was ready");
    }

    @Test
    void theSecondSignalEndsAStartThatDoesNotStop() throws Exception {
        Process serve = starting(ListeningNode.DEAF);

        signal(serve.pid(), "TERM");
        awaitOutput("told to stop before the node is ready");
        assertThat(serve.isAlive()).isTrue();
        signal(serve.pid(), "TERM");

        awaitEnd(serve);
        assertThat(serve.exitValue()).isEqualTo(143);
        assertThat(output()).doesNotContain("the start did not end");
    }

    @Test
    void aStartThatDoesNotStopIsEndedAfterAWhile() throws Exception {
        Process serve = starting(ListeningNode.DEAF);

        signal(serve.pid(), "TERM");

        awaitEnd(serve);
        assertThat(serve.exitValue()).isEqualTo(143);
        assertThat(output()).contains("the start did not end within 10 s");
    }

    @Test
    void sighupBeforeTheNodeIsReadyIsPassedOver() throws Exception {
        Process serve = starting(ListeningNode.NEVER_READY);

        signal(serve.pid(), "HUP");

        awaitOutput("SIGHUP is passed over: the node is not ready");
        assertThat(serve.isAlive()).isTrue();
    }

    @Test
    void serveEndsAtOnceWhileItStarts() throws Exception {
        Process serve = starting(ListeningNode.NEVER_READY);

        signal(serve.pid(), "INT");

        awaitEnd(serve);
        assertThat(serve.exitValue()).isEqualTo(130);
    }

    @Test
    void upRunsItsNodesUntilCtrlC() throws Exception {
        int port = firstOfFreePorts(2);
        Process up = weft("up", "--nodes", "2", "--ports-from", Integer.toString(port));
        awaitOutput("Ctrl-C stops the cluster.");
        assertThat(output())
                .contains("): ws://127.0.0.1:" + port + "/ws")
                .contains("): ws://127.0.0.1:" + (port + 1) + "/ws");
        List<ProcessHandle> nodes = up.children().toList();
        assertThat(nodes).hasSize(2);

        // A terminal sends Ctrl-C to all of them.
        signal(pidOf("node-1"), "INT");
        signal(pidOf("node-2"), "INT");
        signal(up.pid(), "INT");

        awaitEnd(up);
        assertThat(up.exitValue()).isEqualTo(130);
        assertThat(nodes).noneMatch(ProcessHandle::isAlive);
        assertThat(output()).contains("Stopping 2 nodes").endsWith("Stopped.\n");
        assertThat(logOf("node-1")).contains("stopped");
        assertThat(logOf("node-2")).contains("stopped");
        assertThat(LocalPorts.isFree(port)).isTrue();
    }

    @Test
    void upGoesOnWhenANodeDies() throws Exception {
        Process up = weft("up", "--nodes", "2", "--ports-from", Integer.toString(firstOfFreePorts(2)));
        awaitOutput("Ctrl-C stops the cluster.");

        signal(pidOf("node-1"), "KILL");

        awaitOutput("node-1 has ended by itself with status 137; the other nodes go on.");
        assertThat(ProcessHandle.of(pidOf("node-2")))
                .matches(node -> node.isPresent() && node.get().isAlive());
        signal(up.pid(), "TERM");
        awaitEnd(up);
        assertThat(up.exitValue()).isZero();
    }

    @Test
    void noNodeOutlivesItsParent() throws Exception {
        Process up = weft("up", "--nodes", "1", "--ports-from", Integer.toString(firstOfFreePorts(2)));
        awaitOutput("Ctrl-C stops the cluster.");
        Optional<ProcessHandle> node = ProcessHandle.of(pidOf("node-1"));
        assertThat(node).isPresent();

        signal(up.pid(), "KILL");

        await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> !node.get().isAlive());
    }

    @Test
    void upNamesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Process up = weft("up", "--nodes", "1", "--ports-from", Integer.toString(port));

            awaitEnd(up);
            assertThat(up.exitValue()).isEqualTo(1);
            assertThat(output())
                    .contains("port " + port + " on 127.0.0.1 is taken by another process (lsof -i :" + port);
        }
    }

    @Test
    void upShowsTheLogOfANodeThatCannotStart() throws Exception {
        Process up = weft(
                "up",
                "--nodes",
                "1",
                "--set",
                "listeners.0.address=192.0.2.1:1",
                "--ports-from",
                Integer.toString(firstOfFreePorts(2)));

        awaitEnd(up);
        assertThat(up.exitValue()).isEqualTo(1);
        assertThat(output())
                .contains("node-1 has ended by itself with status 1 before it was ready.")
                .contains("  weft: cannot start: cannot listen: ");
    }
}
