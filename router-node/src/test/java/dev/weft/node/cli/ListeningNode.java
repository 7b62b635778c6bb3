package dev.weft.node.cli;

import dev.weft.config.ConfigReport;
import dev.weft.config.HostPort;
import dev.weft.config.ListenerConfig;
import dev.weft.config.NodeConfig;
import dev.weft.node.BoundListener;
import dev.weft.node.NodeStartException;
import dev.weft.node.ReloadReport;
import dev.weft.node.RunningNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Stands for a router: it listens, and that is all it does. */
final class ListeningNode implements RunningNode {
    /** A node of this name never finishes its start, unless it is interrupted. */
    static final String NEVER_READY = "never-ready";

    /** A node of this name never finishes its start. */
    static final String DEAF = "deaf";

    private final NodeConfig config;
    private final ServerSocket socket;

    private ListeningNode(NodeConfig config, ServerSocket socket) {
        this.config = config;
        this.socket = socket;
    }

    static RunningNode start(NodeConfig config, Supplier<ConfigReport> source) throws NodeStartException {
        if (config.node().name().equals(NEVER_READY)) {
            System.out.println("starting");
            awaitInterrupt();
        }
        if (config.node().name().equals(DEAF)) {
            System.out.println("starting");
            new CompletableFuture<Void>().join();
        }
        if (config.cluster().enabled() && config.cluster().key() == null) {
            throw new NodeStartException("no secret");
        }
        try {
            ListenerConfig listener = config.listeners().get(0);
            ServerSocket socket = new ServerSocket();
            socket.bind(new InetSocketAddress(
                    listener.address().host(), listener.address().port()));
            return new ListeningNode(config, socket);
        } catch (IOException e) {
            throw new NodeStartException("cannot listen: " + e.getMessage(), e);
        }
    }

    private static void awaitInterrupt() throws NodeStartException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException told) {
            throw new NodeStartException("interrupted", told);
        }
    }

    @Override
    public List<BoundListener> addresses() {
        ListenerConfig listener = config.listeners().get(0);
        String address = "127.0.0.1:" + socket.getLocalPort();
        return List.of(new BoundListener(listener.name(), listener.type(), address, false, listener.paths()));
    }

    @Override
    public ReloadReport reload() {
        System.out.println("reloading");
        return new ReloadReport(true, Map.of(), Map.of(), List.of());
    }

    @Override
    public List<String> members() {
        return List.of(config.node().name());
    }

    @Override
    public Optional<HostPort> adminAddress() {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Void> drainRequest() {
        return new CompletableFuture<>();
    }

    @Override
    public void stop() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command weft with such nodes, for tests that need processes. */
    public static void main(String[] args) {
        Console console = Console.ofProcess();
        System.exit(WeftCommand.create(ListeningNode::start, System.getenv(), console, ListeningNode.class)
                .execute(args));
    }
}
