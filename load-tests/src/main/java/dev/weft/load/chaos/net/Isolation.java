package dev.weft.load.chaos.net;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs this program again where it has a network of its own (Linux namespaces): what it does there, nobody else notices,
 * and when it ends, however it ends, the network and every process in it are gone.
 */
public final class Isolation {
    private static final String INSIDE = "weft.chaos.isolated";

    /** For root; for others the kernel must allow user namespaces. */
    private static final List<List<String>> WAYS = List.of(
            List.of("unshare", "--fork", "--pid", "--mount-proc", "--kill-child", "--net", "--mount"),
            List.of(
                    "unshare",
                    "--user",
                    "--map-root-user",
                    "--fork",
                    "--pid",
                    "--mount-proc",
                    "--kill-child",
                    "--net",
                    "--mount"));

    private Isolation() {}

    /** Whether this program was started by {@link #again}. */
    public static boolean isInside() {
        return Boolean.getBoolean(INSIDE);
    }

    /** How to run a command in namespaces of its own; empty if that does not work here. */
    public static Optional<List<String>> way() {
        if (!Commands.succeeds(List.of("ip", "-V")) || !Commands.succeeds(List.of("nft", "--version"))) {
            return Optional.empty();
        }
        for (List<String> way : WAYS) {
            List<String> attempt = new ArrayList<>(way);
            attempt.addAll(List.of("sh", "-c", "mount -t tmpfs tmpfs /run && nft list ruleset"));
            if (Commands.succeeds(attempt)) {
                return Optional.of(way);
            }
        }
        return Optional.empty();
    }

    /** Runs this program with the same arguments inside, and waits for it. Returns its exit status. */
    public static int again(List<String> way, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(way);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-D" + INSIDE + "=true");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process.waitFor();
    }
}
