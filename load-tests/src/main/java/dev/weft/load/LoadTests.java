package dev.weft.load;

import dev.weft.load.chaos.ChaosCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code rpc}, {@code fanout} and {@code chaos}. */
@Command(
        name = "load-tests",
        mixinStandardHelpOptions = true,
        description =
                "Puts load on a WAMP router over RawSocket and prints what it cost; or faults on a cluster, and proves what it keeps.",
        subcommands = {RpcCommand.class, FanoutCommand.class, ChaosCommand.class})
final class LoadTests {
    private LoadTests() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadTests()).execute(args));
    }
}
