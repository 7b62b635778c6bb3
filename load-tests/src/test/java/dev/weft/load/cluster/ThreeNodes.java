package dev.weft.load.cluster;

import dev.weft.load.measure.LocalPorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Three nodes, each a process of its own, started by the launcher on free ports of loopback. */
final class ThreeNodes implements AutoCloseable {
    static final int NODES = 3;
    private static final int STOP_SECONDS = 40;

    private static final Path LAUNCHER = Path.of("..", "weft").toAbsolutePath().normalize();

    private final List<Process> processes = new ArrayList<>();
    private final List<Integer> ports;
    private final Path directory;
    private final String javaOptions;

    private ThreeNodes(Path directory, List<Integer> ports, String javaOptions) {
        this.directory = directory;
        this.javaOptions = javaOptions;
        this.ports = ports;
    }

    /** Returns when all three are ready. */
    static ThreeNodes start(Path directory) throws IOException {
        return start(directory, NODES, "");
    }

    /**
     * Returns when the first nodes are ready.
     *
     * @param first how many are started; the others can be launched later
     * @param javaOptions of each node
     */
    static ThreeNodes start(Path directory, int first, String javaOptions) throws IOException {
        ThreeNodes nodes = new ThreeNodes(directory, LocalPorts.free(4 * NODES), javaOptions);
        try {
            for (int node = 0; node < first; node++) {
                nodes.launch(node);
            }
            for (int node = 0; node < first; node++) {
                nodes.awaitReady(node);
            }
            return nodes;
        } catch (IOException failure) {
            nodes.close();
            throw failure;
        }
    }

    /** Where clients of the node connect; nodes are counted from 0. */
    int port(int node) {
        return ports.get(node);
    }

    /** Where its long-poll transport is, below {@code /lp}. */
    int httpPort(int node) {
        return ports.get(3 * NODES + node);
    }

    /** What each node has used of the processors, in milliseconds; wall time says little on a machine that all share. */
    List<Long> processorMillis() {
        return processes.stream()
                .map(process -> process.toHandle()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis())
                .toList();
    }

    long pid(int node) {
        return processes.get(node).pid();
    }

    /** The lines of the nodes' logs that have {@code text} in them. */
    List<String> logged(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int node = 0; node < processes.size(); node++) {
            String name = "node-" + (node + 1);
            for (String line : Files.readAllLines(directory.resolve(name + ".log"))) {
                if (line.contains(text)) {
                    lines.add(name + " " + line);
                }
            }
        }
        return lines;
    }

    /** {@code kill -9}. */
    void kill(int node) {
        processes.get(node).destroyForcibly();
    }

    /** SIGSTOP: the process keeps its sockets, and does nothing. */
    void freeze(int node) throws IOException, InterruptedException {
        signal("STOP", node);
    }

    /** SIGCONT. */
    void thaw(int node) throws IOException, InterruptedException {
        signal("CONT", node);
    }

    private void signal(String name, int node) throws IOException, InterruptedException {
        String pid = Long.toString(processes.get(node).pid());
        int status =
                new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("kill -" + name + " " + pid + " ended with " + status);
        }
    }

    /** SIGTERM; returns how long the process took to end, in milliseconds. */
    long terminate(int node) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = processes.get(node);
        process.toHandle().destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("node-" + (node + 1) + " did not stop within " + STOP_SECONDS + " s");
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Starts a node that has ended; returns when it is ready. */
    void restart(int node) throws IOException {
        launch(node);
        awaitReady(node);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            boolean ended = false;
            try {
                ended = process.waitFor(20, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            if (!ended) {
                process.destroyForcibly();
            }
        }
    }

    /** Starts the next node, which is not ready yet. */
    void launch(int node) throws IOException {
        Path config = directory.resolve("node-" + (node + 1) + ".yaml");
        Files.writeString(config, configuration(node));
        ProcessBuilder command =
                new ProcessBuilder(LAUNCHER.toString(), "serve", "--config", config.toString(), "--until-stdin-closes");
        command.redirectError(directory.resolve("node-" + (node + 1) + ".log").toFile());
        command.environment().put("WEFT_JAVA_OPTS", javaOptions);
        if (node < processes.size()) {
            command.redirectError(ProcessBuilder.Redirect.appendTo(
                    directory.resolve("node-" + (node + 1) + ".log").toFile()));
            processes.set(node, command.start());
        } else {
            processes.add(command.start());
        }
    }

    void awaitReady(int node) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(processes.get(node).getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith("READY ")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("node-" + (node + 1) + " ended before it was ready: "
                    + Files.readString(directory.resolve("node-" + (node + 1) + ".log")));
        }
    }

    private String configuration(int node) {
        String members = ports.subList(NODES, 2 * NODES).stream()
                .map(port -> "\"127.0.0.1:" + port + "\"")
                .collect(Collectors.joining(", "));
        return """
                node: { name: node-%d, event-loops: 2 }
                listeners:
                  - { address: "127.0.0.1:%d" }
                  - { type: http, address: "127.0.0.1:%d", longpoll: {} }
                limits: { max-subscriptions: 1000000, max-registrations: 1000000 }
                realms:
                  - uri: realm1
                    auth: { methods: [anonymous] }
                    roles: [{name: anonymous, permissions: [{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]
                    meta-api: full
                    history: [{ uri: com.example.conformance.history }]
                    trust-levels: [{ authrole: anonymous, level: 1 }]
                cluster:
                  enabled: true
                  name: proof-%d
                  discovery: { type: static, members: [%s] }
                  hazelcast: { address: "127.0.0.1:%d" }
                  link: { address: "127.0.0.1:%d", secret: for one run of these tests }
                """.formatted(
                        node + 1,
                        port(node),
                        httpPort(node),
                        ProcessHandle.current().pid(),
                        members,
                        ports.get(NODES + node),
                        ports.get(2 * NODES + node));
    }
}
