package dev.weft.node.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a node how it is, for supervisors that run a command rather than ask by HTTP. */
@Command(
        name = "health",
        description = "Ask a node whether it is ready: whether it serves clients.",
        footer = {"", "Exit status: 0 it is, 1 no node answers, 2 wrong usage, 3 it is not."})
final class HealthCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Console console;

    @Mixin
    private AdminOptions options = new AdminOptions();

    @Option(names = "--live", description = "Ask whether its event loops come round: restart it if not.")
    private boolean live;

    HealthCommand(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    @Override
    public Integer call() {
        return new AdminCall(options, environment, console).get(live ? "/livez" : "/readyz", (json, out) -> {
            out.println(live ? "live" : "ready");
            return ExitStatus.OK;
        });
    }
}
