package dev.weft.node.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a node in figures. */
@Command(
        name = "status",
        description = "Show a node in figures: what it is, whom it serves, what it used.",
        footer = {"", "Exit status: 0 shown, 1 it does not answer, 2 wrong usage."})
final class StatusCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Console console;

    @Mixin
    private AdminOptions options = new AdminOptions();

    StatusCommand(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    @Override
    public Integer call() {
        return new AdminCall(options, environment, console).get("/varz", (json, out) -> {
            AdminCall.rest(json, "listeners", out);
            out.println();
            AdminCall.table(json, "listeners", out);
            return ExitStatus.OK;
        });
    }
}
