package dev.weft.load.chaos;

import dev.weft.load.chaos.fault.FaultKind;
import dev.weft.load.chaos.net.Isolation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The fault suite. Exit status: 0 without violations, 1 with some, 2 for wrong arguments. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Faults strike a cluster of real processes under traffic, and what every client sent and received proves that the"
                    + " cluster keeps its promises, or that it does not.",
            "Everything happens in network namespaces that vanish with the run, or on loopback where there are none.",
        })
public final class ChaosCommand implements Callable<Integer> {
    private static final long MOST_OF_A_DRAWN_SEED = 1_000_000_000L;

    @Option(names = "--nodes", defaultValue = "3", description = "2 to 9. Default: ${DEFAULT-VALUE}.")
    private int nodes = 3;

    @Option(
            names = "--duration",
            defaultValue = "5m",
            converter = Time.class,
            description = "Such as 90s, 5m or 12h. Default: ${DEFAULT-VALUE}.")
    private Duration duration = Duration.ofMinutes(5);

    @Option(names = "--seed", description = "The same seed does the same. Default: a new one, which is printed.")
    private @Nullable Long seed;

    @Option(
            names = "--faults",
            split = ",",
            converter = Kind.class,
            description = "Such as kill,freeze. Default: all kinds, which --list-faults shows.")
    private Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);

    @Option(names = "--list-faults", description = "Shows the kinds of faults.")
    private boolean list;

    @Option(names = "--clients", defaultValue = "2", description = "Of each kind at each node. Default: 2.")
    private int clients = 2;

    @Option(
            names = "--margin",
            defaultValue = "2s",
            converter = Time.class,
            description = "What a busy machine may add to each time that is promised. Default: ${DEFAULT-VALUE}.")
    private Duration margin = Duration.ofSeconds(2);

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the report there, too: .md or .json.")
    private @Nullable Path reportFile;

    @Option(names = "--jvm-opts", paramLabel = "OPTION", description = "One more option for the nodes' Java.")
    private List<String> jvmOptions = List.of();

    @Option(
            names = "--loopback",
            description = "Without namespaces, even if they work here: leaves out faults, and says which.")
    private boolean loopback;

    @Option(names = "--weft", paramLabel = "FILE", defaultValue = "weft", hidden = true, description = "The launcher.")
    private Path launcher = Path.of("weft");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Arrays.stream(FaultKind.values()).forEach(kind -> out.printf("%-16s %s%n", kind.text(), kind.what()));
            out.flush();
            return 0;
        }
        if (nodes < 2 || nodes > 9) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--nodes is from 2 to 9");
        }
        Optional<List<String>> way = loopback || Isolation.isInside() ? Optional.empty() : Isolation.way();
        if (way.isPresent()) {
            List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
            return Isolation.again(way.get(), spec.root().userObject().getClass(), arguments);
        }
        return play(out);
    }

    private int play(PrintWriter out) throws Exception {
        long drawn = seed == null ? new SecureRandom().nextLong(MOST_OF_A_DRAWN_SEED) : seed;
        out.println("seed " + drawn);
        Path directory = Files.createTempDirectory("weft-chaos-");
        Set<FaultKind> wanted = kinds.isEmpty() ? EnumSet.allOf(FaultKind.class) : kinds;
        ChaosRun run = new ChaosRun(
                launcher.toAbsolutePath(), directory, jvmOptions, nodes, duration, drawn, wanted, clients, margin);
        ChaosReport report = run.play(new Progress(out));
        out.println();
        out.print(report.markdown());
        out.flush();
        if (reportFile != null) {
            boolean json = reportFile.toString().endsWith(".json");
            Files.writeString(reportFile, json ? report.json() : report.markdown());
        }
        if (report.violations() > 0) {
            out.println("\nThe nodes' logs are in " + directory);
            out.flush();
            return 1;
        }
        delete(directory);
        return 0;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** A number and s, m or h. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Duration.parse("PT" + text);
            } catch (DateTimeParseException wrong) {
                throw new TypeConversionException("'" + text + "' is no time such as 90s, 5m or 12h");
            }
        }
    }

    static final class Kind implements ITypeConverter<FaultKind> {
        @Override
        public FaultKind convert(String text) {
            return Arrays.stream(FaultKind.values())
                    .filter(kind -> kind.text().equals(text.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                            + Arrays.stream(FaultKind.values())
                                    .map(FaultKind::text)
                                    .collect(Collectors.joining(", "))));
        }
    }
}
