package dev.weft.node.cli;

import dev.weft.config.DefaultConfig;
import picocli.CommandLine.Command;

/** Prints a configuration with every key. */
@Command(name = "default-config", description = "Print a configuration file with every key and its default.")
final class DefaultConfigCommand implements Runnable {
    private final Console console;

    DefaultConfigCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.out().print(DefaultConfig.render());
    }
}
