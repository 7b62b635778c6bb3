package dev.weft.load.chaos.node;

import dev.weft.load.chaos.net.Direction;
import dev.weft.load.chaos.net.LinkProxy;
import dev.weft.load.chaos.net.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The cluster under test, and all that can be done to it. Nodes are counted from 0; node 0 is called node-1. */
public final class Cluster implements AutoCloseable {
    private static final int SECONDS_TO_START = 120;
    private static final int SECONDS_TO_END = 60;

    /** Little memory, and little time for compiling: a cluster shall fit on a small machine, and restart at once. */
    private static final String JVM_OPTIONS = "-Xms64m -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    private final Network network;
    private final LinkProxy links;
    private final Path launcher;
    private final Path directory;
    private final String jvmOptions;
    private final List<FakeClock> clocks = new ArrayList<>();
    private final NodeProcess[] processes;
    private final Set<Direction> cuts = new HashSet<>();

    private Cluster(Network network, LinkProxy links, Path launcher, Path directory, String jvmOptions, int nodes) {
        this.network = network;
        this.links = links;
        this.launcher = launcher;
        this.directory = directory;
        this.jvmOptions = jvmOptions;
        this.processes = new NodeProcess[nodes];
    }

    /**
     * Returns when all nodes are ready.
     *
     * @param launcher the command {@code weft}
     * @param directory for configurations and logs
     * @param jvmOptions more options for the nodes' Java
     */
    public static Cluster start(Network network, int nodes, Path launcher, Path directory, List<String> jvmOptions)
            throws IOException, InterruptedException {
        LinkProxy links = LinkProxy.start(network, names(nodes));
        String options = (JVM_OPTIONS + " " + String.join(" ", jvmOptions)).strip();
        Cluster cluster = new Cluster(network, links, launcher, directory, options, nodes);
        try {
            Optional<Path> library = FakeClock.library();
            for (int node = 0; node < nodes; node++) {
                Files.writeString(cluster.file(node, ".yaml"), NodeSettings.yaml(network, nodes, node, name(node)));
                if (library.isPresent()) {
                    cluster.clocks.add(FakeClock.create(library.get(), cluster.file(node, ".clock")));
                }
                cluster.start(node);
            }
            for (int node = 0; node < nodes; node++) {
                cluster.awaitReady(node);
            }
            return cluster;
        } catch (IOException | InterruptedException failure) {
            cluster.close();
            throw failure;
        }
    }

    public static String name(int node) {
        return "node-" + (node + 1);
    }

    public int size() {
        return processes.length;
    }

    /** Where clients of the node connect. */
    public InetSocketAddress clientAddress(int node) {
        return network.endpoints(node).clients();
    }

    public boolean canCut() {
        return network.canCut();
    }

    public boolean canSetClocks() {
        return !clocks.isEmpty();
    }

    public LinkProxy links() {
        return links;
    }

    /** Whether the process is there; it may be frozen. */
    public boolean isReady(int node) {
        return processes[node].isReady();
    }

    public void start(int node) throws IOException {
        List<String> command = List.of(
                launcher.toString(), "serve", "--config", file(node, ".yaml").toString(), "--until-stdin-closes");
        Map<String, String> environment = new HashMap<>(Map.of("WEFT_JAVA_OPTS", jvmOptions));
        if (canSetClocks()) {
            environment.putAll(clocks.get(node).environment());
        }
        processes[node] =
                NodeProcess.start(name(node), network.commandAt(node, command), environment, file(node, ".log"));
    }

    public void awaitReady(int node) throws IOException, InterruptedException {
        processes[node].awaitReady(SECONDS_TO_START);
    }

    public void kill(int node) throws InterruptedException {
        processes[node].kill();
    }

    /** SIGTERM; returns when the process has ended. */
    public void terminate(int node) throws IOException, InterruptedException {
        processes[node].terminate();
        if (!processes[node].awaitEnd(SECONDS_TO_END)) {
            throw new IOException(name(node) + " does not stop: see " + file(node, ".log"));
        }
    }

    public void freeze(int node) throws IOException {
        processes[node].freeze();
    }

    public void thaw(int node) throws IOException {
        processes[node].thaw();
    }

    /** How far the node's wall clock is off from now on, whatever it was before. */
    public void setClock(int node, Duration ahead) throws IOException {
        clocks.get(node).set(ahead);
    }

    /** Nothing passes in these directions any more. */
    public void cut(Set<Direction> directions) throws IOException {
        cuts.addAll(directions);
        network.cut(cuts);
    }

    public void heal(Set<Direction> directions) throws IOException {
        cuts.removeAll(directions);
        network.cut(cuts);
    }

    @Override
    public void close() {
        for (NodeProcess process : processes) {
            if (process != null) {
                end(process);
            }
        }
        links.close();
    }

    private static void end(NodeProcess process) {
        try {
            process.kill();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> names(int nodes) {
        return IntStream.range(0, nodes).mapToObj(Cluster::name).toList();
    }

    private Path file(int node, String suffix) {
        return directory.resolve(name(node) + suffix);
    }
}
