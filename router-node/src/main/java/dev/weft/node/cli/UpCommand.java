package dev.weft.node.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a cluster on this machine, to try things out. */
@Command(
        name = "up",
        description = "Run a cluster on this machine until Ctrl-C: nodes in processes of their own, on loopback only.",
        footer = {
            "",
            "Anyone on this machine may join realm1, unless it is --secure: then with TLS and a password. What is",
            "in the directory can be copied. Variables WEFT_... of the environment are not applied."
        })
final class UpCommand implements Callable<Integer> {
    private static final int MAX_NODES = 32;
    private static final int LAST_PORT = 65535;

    private final Console console;
    private final Class<?> main;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private volatile boolean stopping;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "How many nodes (default: 3).")
    private int count;

    @Option(
            names = "--ports-from",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The client port of the first node; the others count up (default: 8080).")
    private int firstPort;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Sets one key of every node.")
    private List<String> settings = List.of();

    @Option(
            names = "--secure",
            description = "With TLS for clients, certificates and a key between the nodes, and two users with roles.")
    private boolean secure;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where configurations, keys and logs are written; it is made (default: a temporary directory).")
    private @Nullable Path chosen;

    private @Nullable SecureCluster secured;

    UpCommand(Console console, Class<?> main) {
        this.main = main;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (count < 1 || count > MAX_NODES || firstPort < 1 || firstPort + count - 1 > LAST_PORT) {
            console.err().println("weft up: --nodes is 1 to " + MAX_NODES + ", and ports are 1 to " + LAST_PORT);
            return ExitStatus.USAGE;
        }
        Optional<String> taken = takenPorts();
        if (taken.isPresent()) {
            console.err().println(taken.get());
            return ExitStatus.FAILED;
        }
        Signals signals = Signals.handled();
        signals.ready();
        Path directory;
        try {
            directory = directory();
        } catch (FileAlreadyExistsException there) {
            console.err().println("weft up: " + there.getFile() + " is there already, and is not written over");
            return ExitStatus.FAILED;
        }
        LocalCluster cluster = new LocalCluster(directory, main);
        console.out()
                .println("Starting " + count + (count == 1 ? " node" : " nodes") + "; configurations and logs are in "
                        + directory);
        signals.stopRequest().thenAccept(ended::complete);
        try {
            start(cluster, directory);
            CompletableFuture<?>[] shown =
                    cluster.nodes().stream().map(this::watch).toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(shown).thenRun(() -> announce(cluster.nodes()));
            return ended.join();
        } finally {
            stop(cluster);
        }
    }

    /** @throws IOException if it is there already: nothing is written over */
    private Path directory() throws IOException {
        Path wanted = chosen;
        if (wanted == null) {
            return Files.createTempDirectory("weft-up-");
        }
        Path absolute = wanted.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent != null) {
            SecretFile.createDirectory(parent);
        }
        SecretFile.createNewDirectory(absolute);
        return absolute;
    }

    private void start(LocalCluster cluster, Path directory) throws IOException {
        List<LocalNodePlan> plans = LocalNodePlan.forNodes(count, firstPort);
        if (secure) {
            SecureCluster files = new SecureCluster(directory);
            secured = files;
            cluster.start(plans, settings, files);
        } else {
            cluster.start(plans, settings);
        }
    }

    private Optional<String> takenPorts() {
        return IntStream.range(firstPort, firstPort + count)
                .filter(port -> !LocalPorts.isFree(port))
                .mapToObj(port -> "weft up: port " + port + " on 127.0.0.1 is taken by another process"
                        + " (lsof -i :" + port + " tells which). Stop that process, or choose other ports,"
                        + " for example: weft up --ports-from " + (firstPort + 1000))
                .findFirst();
    }

    /** Completes once it is shown that the node is ready. */
    private CompletableFuture<Void> watch(LocalNode node) {
        node.onExit(this::exited);
        return node.ready()
                .thenAccept(ready -> console.out()
                        .println(node.name() + " is ready (pid " + node.pid() + "): " + String.join("  ", ready.urls())
                                + "  admin " + ready.admin()));
    }

    private synchronized void exited(LocalNode node) {
        if (stopping) {
            return;
        }
        boolean wasReady = node.ready().isDone() && !node.ready().isCompletedExceptionally();
        console.err()
                .println(node.name() + " has ended by itself with status " + node.exitValue()
                        + (wasReady ? "; the other nodes go on." : " before it was ready.") + " Its log: "
                        + node.log());
        if (!wasReady) {
            node.lastLogLines().forEach(line -> console.err().println("  " + line));
            ended.complete(ExitStatus.FAILED);
        }
    }

    private void announce(List<LocalNode> nodes) {
        List<ReadyLine> lines = nodes.stream().map(node -> node.ready().join()).toList();
        List<String> members = lines.stream()
                .map(ReadyLine::members)
                .max(Comparator.comparingInt(List::size))
                .orElseThrow();
        SecureCluster files = secured;
        if (files != null) {
            announce(files, lines, members);
            return;
        }
        String first = webSocket(lines.get(0));
        String last = webSocket(lines.get(lines.size() - 1));
        console.out().println("Members: " + String.join(", ", members));
        console.out().println();
        console.out().println("Paste this into the console of a browser (press F12 on any page, such as about:blank):");
        console.out().println();
        console.out().println(Snippets.javaScript(first).indent(2));
        console.out().println("or, after 'pip install autobahn', this into a file and run it with Python:");
        console.out().println();
        console.out().println(Snippets.python(last).indent(2));
        console.out().println("Each sees the events of the other, through another node.");
        console.out()
                .println("How the cluster is: weft cluster members --admin "
                        + lines.get(0).admin());
        console.out().println("Ctrl-C stops the cluster.");
    }

    private void announce(SecureCluster files, List<ReadyLine> lines, List<String> members) {
        console.out().println("Members: " + String.join(", ", members));
        console.out().println();
        console.out().println(files.describe());
        console.out().println("After 'pip install autobahn', run this with Python:");
        console.out().println();
        console.out()
                .println(Snippets.securePython(lines.get(lines.size() - 1), files)
                        .indent(2));
        console.out()
                .println("How the cluster is: weft cluster members --admin "
                        + lines.get(0).admin());
        console.out().println("Ctrl-C stops the cluster.");
    }

    private static String webSocket(ReadyLine line) {
        return line.urls().stream()
                .filter(url -> url.startsWith("ws:"))
                .findFirst()
                .orElse("");
    }

    private void stop(LocalCluster cluster) throws InterruptedException {
        synchronized (this) {
            stopping = true;
        }
        console.out()
                .println("Stopping "
                        + cluster.nodes().stream().filter(LocalNode::isAlive).count() + " nodes ...");
        for (String name : cluster.stop()) {
            console.err().println(name + " did not stop in time and was ended by force");
        }
        console.out().println("Stopped.");
    }
}
