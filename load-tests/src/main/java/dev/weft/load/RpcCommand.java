package dev.weft.load;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "rpc",
        mixinStandardHelpOptions = true,
        description = "Callers that keep calls in flight; an operation is a CALL and its RESULT.")
final class RpcCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--callers", defaultValue = "8", description = "Default: ${DEFAULT-VALUE}.")
    private int callers = 8;

    @Option(names = "--in-flight", defaultValue = "16", description = "Calls of each caller. Default: 16.")
    private int inFlight = 16;

    @Option(names = "--callees", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}.")
    private int callees = 4;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Report report = new LoadRun(options, new RpcScenario(options, callers, inFlight, callees)).run();
        spec.commandLine().getOut().print(report.text());
        spec.commandLine().getOut().flush();
        return report.failures() + report.unanswered() == 0 ? 0 : 1;
    }
}
