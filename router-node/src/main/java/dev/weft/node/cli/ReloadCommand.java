package dev.weft.node.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells a node to read its configuration again. */
@Command(
        name = "reload",
        description = "Tell a node to read its configuration again, as SIGHUP does.",
        footer = {
            "",
            "What cannot change while the node runs is named. If anything is wrong nothing changes.",
            "Exit status: 0 read, 1 refused or no answer, 2 wrong usage."
        })
final class ReloadCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Console console;

    @Mixin
    private AdminOptions options = new AdminOptions();

    ReloadCommand(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    @Override
    public Integer call() {
        return new AdminCall(options, environment, console).post("/reload", (json, out) -> {
            print("in force now", json.get("applied"), out);
            print("in force after a restart", json.get("need_restart"), out);
            return ExitStatus.OK;
        });
    }

    private static void print(String what, @Nullable Object changes, PrintWriter out) {
        if (!(changes instanceof Map<?, ?> keys) || keys.isEmpty()) {
            out.println(what + ": nothing");
            return;
        }
        out.println(what + ":");
        keys.forEach((key, value) -> out.println("  " + key + ": " + value));
    }
}
