package dev.weft.load;

import dev.weft.load.compare.CompareCommand;
import dev.weft.load.compare.ProfileCommand;
import picocli.CommandLine.Command;

/** The group of the load tool's commands. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Puts load on a WAMP router, Weft or any other, and prints what it cost: throughput, latencies, what was lost,"
                    + " doubled or out of order, and the router's CPU time and memory.",
            "docs/load-testing.md tells more; load-tests/scenarios has scenarios to start from."
        },
        subcommands = {
            RunCommand.class,
            RpcCommand.class,
            FanoutCommand.class,
            CompareCommand.class,
            ProfileCommand.class
        })
final class LoadCommand {}
