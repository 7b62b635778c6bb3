package dev.weft.node.cli;

import dev.weft.observability.MetricsDoc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the reference of all metrics. */
@Command(name = "metrics-doc", description = "Print the reference of all metrics, as Markdown.")
final class MetricsDocCommand implements Runnable {
    private final Console console;

    @Option(names = "--md", description = "Markdown (the default).")
    @SuppressWarnings("UnusedVariable") // for symmetry with config-doc: there is one form
    private boolean markdown;

    MetricsDocCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.out().print(MetricsDoc.render());
    }
}
