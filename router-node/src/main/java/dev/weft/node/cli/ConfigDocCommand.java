package dev.weft.node.cli;

import dev.weft.config.ConfigDoc;
import dev.weft.config.ConfigSchemaJson;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the reference of all keys. */
@Command(
        name = "config-doc",
        description = "Print the reference of all keys: for people, or as a JSON Schema for editors.")
final class ConfigDocCommand implements Runnable {
    private final Console console;

    ConfigDocCommand(Console console) {
        this.console = console;
    }

    @ArgGroup
    private Form form = new Form();

    /** One of the two. */
    static final class Form {
        @Option(names = "--md", description = "Markdown (the default).")
        private boolean markdown;

        @Option(names = "--schema", description = "JSON Schema.")
        private boolean schema;
    }

    @Override
    public void run() {
        console.out().print(form.schema && !form.markdown ? ConfigSchemaJson.render() : ConfigDoc.render());
    }
}
