package dev.weft.node.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Several nodes on this machine, each in a process of its own. */
final class LocalCluster {
    private static final int KEY_BYTES = 32;
    private static final int STOP_SECONDS = 20;

    private final Path directory;
    private final Class<?> main;
    private final List<LocalNode> nodes = new ArrayList<>();

    /**
     * @param directory where configurations and logs are written
     * @param main the class that begins a process with the command weft
     */
    LocalCluster(Path directory, Class<?> main) {
        this.main = main;
        this.directory = directory;
    }

    List<LocalNode> nodes() {
        return List.copyOf(nodes);
    }

    /**
     * Starts all processes at once; they are not ready yet.
     *
     * @param settings what each node is given with {@code --set}
     */
    void start(List<LocalNodePlan> plans, List<String> settings) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Map<String, String> secrets = Map.of("WEFT_CLUSTER__KEY", HexFormat.of().formatHex(key));
        start(plans, settings, secrets, LocalNodePlan::configuration);
    }

    /** The same, with TLS, keys and principals in files. */
    void start(List<LocalNodePlan> plans, List<String> settings, SecureCluster secure) throws IOException {
        secure.write(plans);
        start(plans, settings, Map.of(), secure::configuration);
    }

    private interface Configuration {
        String of(LocalNodePlan plan, String cluster, List<LocalNodePlan> all);
    }

    private void start(
            List<LocalNodePlan> plans, List<String> settings, Map<String, String> secrets, Configuration configuration)
            throws IOException {
        String clusterName = "up-" + ProcessHandle.current().pid();
        for (LocalNodePlan plan : plans) {
            Path config = directory.resolve(plan.name() + ".yaml");
            Files.writeString(config, configuration.of(plan, clusterName, plans));
            ProcessBuilder command = new ProcessBuilder(command(config, settings));
            Map<String, String> environment = command.environment();
            environment.keySet().removeIf(name -> name.startsWith("WEFT_"));
            environment.putAll(secrets);
            nodes.add(LocalNode.start(plan.name(), command, directory.resolve(plan.name() + ".log")));
        }
    }

    /** Stops every node; one that does not stop in time is ended by force. Returns the names of those. */
    List<String> stop() throws InterruptedException {
        nodes.forEach(LocalNode::terminate);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        List<String> forced = new ArrayList<>();
        for (LocalNode node : nodes) {
            if (!node.awaitExit(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                forced.add(node.name());
            }
        }
        return forced;
    }

    /** The Java of this process, with its flags and its class path. */
    private List<String> command(Path config, List<String> settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-agentlib:") && !flag.startsWith("-javaagent:"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of("serve", "--until-stdin-closes", "--config", config.toString()));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        return command;
    }
}
