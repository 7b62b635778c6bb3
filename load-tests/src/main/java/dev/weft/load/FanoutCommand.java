package dev.weft.load;

import dev.weft.load.scenario.Load;
import dev.weft.wamp.MatchPolicy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The scenario fan-out.yaml, with options instead of a file. */
@Command(
        name = "fanout",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "One publisher, many subscribers; an operation is an EVENT that arrived.")
final class FanoutCommand implements Callable<Integer> {
    @Mixin
    private ShortFormOptions shortForm = new ShortFormOptions();

    @Option(names = "--subscribers", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}.")
    private int subscribers = 100;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        shortForm.requirePositive(spec.commandLine(), subscribers);
        Load load = new Load.PubSub(1, subscribers, 1, 1, MatchPolicy.EXACT, 1, shortForm.messages(spec.commandLine()));
        return options.play(shortForm.scenario("fan-out", load), spec.commandLine());
    }
}
