package dev.weft.load.compare;

import dev.weft.load.scenario.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands have in common that start nodes from the sources and measure them. */
final class MeasuringOptions {
    @Option(names = "--weft-java-opts", defaultValue = "", description = "Options for the Java of Weft's nodes.")
    private String javaOptions = "";

    @Option(names = "--home", hidden = true, defaultValue = ".", description = "The sources.")
    private Path home = Path.of(".");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    String javaOptions() {
        return javaOptions;
    }

    Workshop workshop() throws IOException {
        return Workshop.create(home.toAbsolutePath().normalize());
    }

    /** @throws ParameterException it is not a time */
    Duration time(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), wrong.getMessage(), wrong);
        }
    }

    /** Shows what goes on, at once. */
    void say(String line) {
        PrintWriter print = command.commandLine().getOut();
        print.println(line);
        print.flush();
    }
}
