package dev.weft.load;

import dev.weft.load.scenario.Load;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The scenario rpc.yaml, with options instead of a file. */
@Command(
        name = "rpc",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Callers that call; an operation is a CALL and its RESULT.")
final class RpcCommand implements Callable<Integer> {
    @Mixin
    private ShortFormOptions shortForm = new ShortFormOptions();

    @Option(names = "--callers", defaultValue = "8", description = "Default: ${DEFAULT-VALUE}.")
    private int callers = 8;

    @Option(names = "--callees", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}.")
    private int callees = 4;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        shortForm.requirePositive(spec.commandLine(), callers, callees);
        Load load = new Load.Rpc(callers, callees, shortForm.messages(spec.commandLine()));
        return options.play(shortForm.scenario("RPC", load), spec.commandLine());
    }
}
