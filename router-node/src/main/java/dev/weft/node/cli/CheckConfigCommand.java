package dev.weft.node.cli;

import dev.weft.config.ConfigDigest;
import dev.weft.config.ConfigLoader;
import dev.weft.config.NodeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says everything that is wrong with a configuration. */
@Command(
        name = "check-config",
        description = "List all problems of a configuration, with line and column.",
        footer = {
            "",
            "Variables WEFT_... of the environment are applied as serve does.",
            "Exits with 2 if there is an error."
        })
final class CheckConfigCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The configuration.")
    private Path file = Path.of("");

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Sets one key, as serve does.")
    private List<String> settings = List.of();

    CheckConfigCommand(Map<String, String> environment, Console console) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Optional<NodeConfig> config =
                new ConfigProblems(console.out()).valid(new ConfigLoader(environment, settings).loadFile(file));
        if (config.isEmpty()) {
            return ExitStatus.USAGE;
        }
        console.out().println(file + ": ok, digest " + ConfigDigest.of(config.get()));

        return ExitStatus.OK;
    }
}
