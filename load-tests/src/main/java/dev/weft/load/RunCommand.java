package dev.weft.load;

import dev.weft.load.scenario.Scenario;
import dev.weft.load.scenario.ScenarioException;
import dev.weft.load.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays a scenario from a file. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Plays a scenario.",
        footer = {
            "",
            "Example: weft load run load-tests/scenarios/rpc.yaml --endpoint ws://127.0.0.1:8080/ws --plot rpc.svg"
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCENARIO", description = "A YAML file.")
    private Path file = Path.of("");

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Scenario scenario;
        try {
            scenario = ScenarioFile.read(file);
        } catch (ScenarioException | NoSuchFileException wrong) {
            String reason = wrong instanceof IOException ? "there is no file " : "";
            spec.commandLine().getErr().println(reason + wrong.getMessage());
            return spec.exitCodeOnInvalidInput();
        }
        return options.play(scenario, spec.commandLine());
    }
}
