package dev.weft.node.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a node how the cluster is. */
@Command(
        name = "cluster",
        description = "Show the cluster as a node sees it, and compare its tables.",
        footer = {
            "",
            "The node is asked over its admin port (admin.address).",
            "Exit status: 0 ok, 1 failed or a difference found, 2 wrong usage, 3 the node is not ready."
        })
final class ClusterCommand {
    private final Map<String, String> environment;
    private final Console console;

    ClusterCommand(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    @Command(name = "members", description = "The nodes of the cluster.", mixinStandardHelpOptions = true)
    int members(@Mixin AdminOptions options) {
        return call(options).get("/cluster/members", (json, out) -> {
            AdminCall.table(json, "members", out);
            return ExitStatus.OK;
        });
    }

    @Command(
            name = "links",
            description = "The connections to the other nodes, and what happened to them.",
            mixinStandardHelpOptions = true)
    int links(@Mixin AdminOptions options) {
        return call(options).get("/cluster/links", (json, out) -> {
            AdminCall.table(json, "links", out);
            AdminCall.rest(json, "links", out);
            return ExitStatus.OK;
        });
    }

    @Command(
            name = "tables",
            description = "What each node holds in each realm, and how the copies compared last.",
            mixinStandardHelpOptions = true)
    int tables(@Mixin AdminOptions options) {
        return call(options).get("/cluster/tables", (json, out) -> {
            AdminCall.table(json, "realms", out);
            AdminCall.rest(json, "realms", out);
            return ExitStatus.OK;
        });
    }

    @Command(
            name = "verify",
            description = "Compare the node's copy of the tables with what the others hold, now.",
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin AdminOptions options,
            @Option(names = "--repair", description = "Mend what differs.") boolean repair) {
        return call(options).post("/cluster/verify?repair=" + repair, (json, out) -> {
            List<?> differences = AdminCall.list(json, "differences");
            if (!differences.isEmpty()) {
                AdminCall.table(json, "differences", out);
            }
            AdminCall.rest(json, "differences", out);
            boolean well = differences.isEmpty() || repair;
            return well && Boolean.TRUE.equals(json.get("complete")) ? ExitStatus.OK : ExitStatus.FAILED;
        });
    }

    private AdminCall call(AdminOptions options) {
        return new AdminCall(options, environment, console);
    }
}
