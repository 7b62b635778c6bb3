package dev.weft.node.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells a node to take leave and to stop. */
@Command(
        name = "drain",
        description = "Tell a node to finish its calls, close its clients and stop, as SIGTERM does.",
        footer = {"", "Returns at once. Exit status: 0 told, 1 failed, 2 wrong usage."})
final class DrainCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Console console;

    @Mixin
    private AdminOptions options = new AdminOptions();

    DrainCommand(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    @Override
    public Integer call() {
        return new AdminCall(options, environment, console).post("/drain", (json, out) -> {
            out.println("The node drains and stops.");
            return ExitStatus.OK;
        });
    }
}
