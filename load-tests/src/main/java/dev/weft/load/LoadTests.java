package dev.weft.load;

import dev.weft.load.chaos.ChaosCommand;
import dev.weft.load.conformance.ConformanceCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code load}, {@code chaos} and {@code conformance}. */
@Command(
        name = "weft",
        mixinStandardHelpOptions = true,
        description =
                "Puts load on a router and prints what it cost; or faults on a cluster, and proves what it keeps; or judges a router by the"
                        + " specification.",
        subcommands = {LoadCommand.class, ChaosCommand.class, ConformanceCommand.class})
final class LoadTests {
    private LoadTests() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LoadTests()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
