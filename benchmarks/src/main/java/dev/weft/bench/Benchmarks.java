package dev.weft.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks with the allocation profiler; takes JMH's own arguments, such as a pattern of names. With
 * {@code -Dquick} the whole set takes about two minutes, with the small
 * payload only: enough to see what allocates and what doubled, not to compare
 * a few per cent. {@code guard check} compares that with what was accepted, {@code guard accept REASON} accepts it.
 */
public final class Benchmarks {
    private static final String RESULTS = "benchmarks.json";

    private Benchmarks() {}

    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        if (args.length > 0 && args[0].equals("guard")) {
            System.exit(guard(List.of(args)));
        }
        ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .resultFormat(ResultFormatType.JSON)
                .result(RESULTS);
        if (System.getProperty("quick") != null) {
            quick(options);
        }
        new Runner(measured(options).build()).run();
    }

    private static int guard(List<String> args) throws RunnerException {
        Guard guard = new Guard(Path.of(System.getProperty("results", "benchmarks/results")));
        try {
            if (args.size() == 2 && args.get(1).equals("check")) {
                return guard.check();
            }
            if (args.size() >= 3 && args.get(1).equals("accept") && !args.get(2).isBlank()) {
                return guard.accept(args.get(2).strip(), args.subList(3, args.size()));
            }
            if (args.size() == 2 && args.get(1).equals("plot")) {
                return guard.plot();
            }
            System.err.println("guard check, guard accept REASON [BENCHMARK...], or guard plot");
        } catch (IOException failure) {
            System.err.println(failure.getMessage());
        }
        return 2;
    }

    /**
     * Measured for a short time, beside the calibration.
     *
     * @param methods such as {@code CodecBenchmark.decode}; all if empty
     */
    static Collection<RunResult> quick(Collection<String> methods) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder().verbosity(VerboseMode.SILENT);
        if (!methods.isEmpty()) {
            options.include(Pattern.quote(Measured.CALIBRATION));
            methods.forEach(method -> options.include("\\." + Pattern.quote(method) + "$"));
        }
        return new Runner(measured(quick(options)).build()).run();
    }

    private static ChainedOptionsBuilder measured(ChainedOptionsBuilder options) {
        return options.addProfiler(GCProfiler.class).jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");
    }

    private static ChainedOptionsBuilder quick(ChainedOptionsBuilder options) {
        return options.forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(150))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(100))
                .param("payloadBytes", "128");
    }
}
