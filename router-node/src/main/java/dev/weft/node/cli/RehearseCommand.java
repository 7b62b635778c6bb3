package dev.weft.node.cli;

import dev.weft.config.ConfigLoader;
import dev.weft.config.ConfigReport;
import dev.weft.config.NodeConfig;
import dev.weft.node.BoundListener;
import dev.weft.node.LogSettings;
import dev.weft.node.NodeStartException;
import dev.weft.node.NodeStarter;
import dev.weft.node.RunningNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Does once what every start does, so that Java can write down which classes that takes: two nodes in this process form a
 * cluster, a client of each calls the other, and all is stopped. Loopback only. Run with {@code -XX:ArchiveClassesAtExit}.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Start two nodes in this process, make a call across them and stop, for an archive of classes.")
final class RehearseCommand implements Callable<Integer> {
    private static final int NODES = 2;
    private static final String REALM = "realm1";
    private static final String PROCEDURE = "rehearse.call";
    private static final String KEY = "a0".repeat(32);

    private final NodeStarter starter;
    private final Console console;

    RehearseCommand(NodeStarter starter, Console console) {
        this.starter = starter;
        this.console = console;
    }

    @Override
    public Integer call() {
        List<RunningNode> running = new ArrayList<>();
        try {
            for (NodeConfig config : configurations()) {
                LogSettings.apply(config);
                running.add(starter.start(config, () -> ConfigReport.of(config)));
            }
            callAcross(running);
            return ExitStatus.OK;
        } catch (NodeStartException | IOException failure) {
            console.err().println("weft: no rehearsal: " + failure.getMessage());
            return ExitStatus.FAILED;
        } finally {
            Collections.reverse(running);
            running.forEach(RunningNode::stop);
        }
    }

    private static List<NodeConfig> configurations() throws IOException {
        List<LocalNodePlan> plans = LocalNodePlan.onFreePorts(NODES);
        String cluster = "rehearsal-" + ProcessHandle.current().pid();
        List<NodeConfig> configurations = new ArrayList<>();
        for (LocalNodePlan plan : plans) {
            Optional<NodeConfig> config = new ConfigLoader(Map.of("WEFT_CLUSTER__KEY", KEY), List.of())
                    .loadText(plan.name(), plan.configuration(cluster, plans))
                    .config();
            configurations.add(config.orElseThrow(() -> new IOException("the configuration is not valid")));
        }
        return configurations;
    }

    private static void callAcross(List<RunningNode> nodes) throws IOException {
        try (RoundTripSession callee =
                        RoundTripSession.join(url(nodes.get(0)), REALM, RoundTripTls.Taken.BY_DEFAULT, null);
                RoundTripSession caller =
                        RoundTripSession.join(url(nodes.get(1)), REALM, RoundTripTls.Taken.BY_DEFAULT, null)) {
            callee.register(PROCEDURE);
            caller.call(PROCEDURE);
            callee.answer();
            caller.expectResult();
        }
    }

    private static URI url(RunningNode node) throws IOException {
        return node.addresses().stream()
                .map(BoundListener::urls)
                .flatMap(List::stream)
                .map(URI::create)
                .filter(RoundTripSession::speaks)
                .findFirst()
                .orElseThrow(() -> new IOException("the node has no listener for RawSocket"));
    }
}
