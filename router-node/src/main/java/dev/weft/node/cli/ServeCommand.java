package dev.weft.node.cli;

import dev.weft.config.AuthMethod;
import dev.weft.config.ConfigLoader;
import dev.weft.config.ConfigReport;
import dev.weft.config.ListenerConfig;
import dev.weft.config.ListenerType;
import dev.weft.config.NodeConfig;
import dev.weft.config.RealmConfig;
import dev.weft.node.LogSettings;
import dev.weft.node.NodeStartException;
import dev.weft.node.NodeStarter;
import dev.weft.node.RunningNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one node until it is told to stop. */
@Command(
        name = "serve",
        description = "Run one node until Ctrl-C or SIGTERM.",
        footer = {
            "",
            "When the node is ready it prints a line 'READY {...}' with its addresses as JSON.",
            "Log lines go to standard error.",
            "",
            "Examples:",
            "  weft serve --dev",
            "  weft serve --config weft.yaml --set limits.max-message-size=4MiB"
        })
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
    /** What {@code --dev} stands for. */
    static final String DEV_CONFIG = "realms: [{uri: realm1, auth: {methods: [anonymous]}, roles: "
            + RealmConfig.OPEN_ROLES + ", meta-api: full}]\n";

    private final NodeStarter starter;
    private final Map<String, String> environment;
    private final Console console;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration. Without: all defaults.")
    private @Nullable Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Sets one key, such as logging.level=debug.")
    private List<String> settings = List.of();

    @Option(names = "--dev", description = "No file: anyone on this machine may join realm1. Refuses other addresses.")
    private boolean dev;

    @Option(names = "--until-stdin-closes", hidden = true, description = "Stop when the parent process is gone.")
    private boolean untilStdinCloses;

    ServeCommand(NodeStarter starter, Map<String, String> environment, Console console) {
        this.console = console;
        this.starter = starter;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Signals.passOverReloads();
        if (dev && file != null) {
            return refuse("--dev brings a configuration of its own, so --config cannot be given, too");
        }
        Optional<NodeConfig> config = new ConfigProblems(console.err()).valid(load());
        if (config.isEmpty()) {
            return ExitStatus.USAGE;
        }
        Optional<ListenerConfig> beyond = dev ? beyondThisMachine(config.get()) : Optional.empty();
        if (beyond.isPresent()) {
            return refuse("--dev lets anyone in, so it listens on loopback addresses only, not on "
                    + beyond.get().address());
        }
        LogSettings.apply(config.get());
        return run(config.get());
    }

    private ConfigReport load() {
        ConfigLoader loader = new ConfigLoader(environment, settings);
        if (file != null) {
            return loader.loadFile(file);
        }
        return dev ? loader.loadText("--dev", DEV_CONFIG) : loader.loadText("defaults", "");
    }

    private int run(NodeConfig config) {
        Signals signals = untilStdinCloses ? Signals.handledByParent() : Signals.handled();
        if (untilStdinCloses) {
            stopWhenStdinCloses(signals);
        }
        RunningNode node;
        try {
            node = starter.start(config, this::load);
        } catch (NodeStartException | RuntimeException e) {
            if (signals.isAbandoned()) {
                LOG.info("stopped before the node was ready");
                return signals.stopRequest().join();
            }
            if (e instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            LOG.debug("start failed", e);
            console.err().println("weft: cannot start: " + e.getMessage());
            return ExitStatus.FAILED;
        }
        signals.ready();
        signals.onReload(node::reload);
        node.drainRequest().thenRun(signals::toldOtherwise);
        announce(config, node);
        int status = signals.stopRequest().join();
        LOG.info("stopping");
        node.stop();
        LOG.info("stopped");
        return status;
    }

    private void announce(NodeConfig config, RunningNode node) {
        ReadyLine ready = ReadyLine.of(config.node().name(), node);
        console.out().println(ready.format());
        if (dev) {
            ready.urls().stream()
                    .filter(url -> url.startsWith("ws"))
                    .findFirst()
                    .ifPresent(url -> console.out().println(Snippets.javaScript(url)));
        }
    }

    private static Optional<ListenerConfig> beyondThisMachine(NodeConfig config) {
        boolean open = config.realms().stream()
                .anyMatch(realm -> realm.auth().methods().contains(AuthMethod.ANONYMOUS));
        return config.listeners().stream()
                .filter(listener -> open && listener.type() == ListenerType.WAMP)
                .filter(listener -> !listener.address().isLoopback())
                .findFirst();
    }

    /** The parent holds the other end of the pipe: when it is gone, for whatever reason, the pipe closes. */
    private static void stopWhenStdinCloses(Signals signals) {
        Thread watcher = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // what the parent writes has no meaning
                        }
                    } catch (IOException e) {
                        LOG.debug("standard input failed", e);
                    }
                    signals.parentGone();
                },
                "weft-parent-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    private int refuse(String message) {
        console.err().println("weft: " + message);
        return ExitStatus.USAGE;
    }
}
