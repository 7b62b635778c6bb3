package dev.weft.node.cli;

import picocli.CommandLine.Command;

/** Prints what is running. */
@Command(name = "version", description = "Print the versions of Weft and Java.")
final class VersionCommand implements Runnable {
    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.out().println(Version.text());
    }
}
