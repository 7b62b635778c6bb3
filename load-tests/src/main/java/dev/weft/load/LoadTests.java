package dev.weft.load;

import dev.weft.load.chaos.ChaosCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code load} and {@code chaos}. */
@Command(
        name = "weft",
        mixinStandardHelpOptions = true,
        description =
                "Puts load on a router and prints what it cost; or faults on a cluster, and proves what it keeps.",
        subcommands = {LoadCommand.class, ChaosCommand.class})
final class LoadTests {
    private LoadTests() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LoadTests());
    }
}
