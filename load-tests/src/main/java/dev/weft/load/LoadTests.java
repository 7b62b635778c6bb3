package dev.weft.load;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code rpc} and {@code fanout}. */
@Command(
        name = "load-tests",
        mixinStandardHelpOptions = true,
        description = "Puts load on a WAMP router over RawSocket and prints what it cost.",
        subcommands = {RpcCommand.class, FanoutCommand.class})
final class LoadTests {
    private LoadTests() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadTests()).execute(args));
    }
}
