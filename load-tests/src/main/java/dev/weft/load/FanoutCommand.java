package dev.weft.load;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "fanout",
        mixinStandardHelpOptions = true,
        description = "One publisher, many subscribers; an operation is an EVENT that arrived.")
final class FanoutCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--subscribers", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}.")
    private int subscribers = 100;

    @Option(names = "--in-flight", defaultValue = "16", description = "Publications. Default: ${DEFAULT-VALUE}.")
    private int inFlight = 16;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Report report = new LoadRun(options, new FanoutScenario(options, subscribers, inFlight)).run();
        spec.commandLine().getOut().print(report.text());
        spec.commandLine().getOut().flush();
        return report.failures() + report.unanswered() == 0 ? 0 : 1;
    }
}
