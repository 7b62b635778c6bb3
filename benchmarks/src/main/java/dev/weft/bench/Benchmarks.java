package dev.weft.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks with the allocation profiler; takes JMH's own arguments, such as a pattern of names. With
 * {@code -Dquick} the whole set takes under two minutes: enough to see what allocates and what doubled, not to compare
 * a few per cent.
 */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        boolean quick = System.getProperty("quick") != null;
        ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result("benchmarks.json")
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");
        if (quick) {
            milliseconds(options, 250, 250).forks(1).warmupIterations(2).measurementIterations(2);
        } else {
            milliseconds(options, 1_000, 1_000).forks(2).warmupIterations(5).measurementIterations(5);
        }
        new Runner(options.build()).run();
    }

    private static ChainedOptionsBuilder milliseconds(ChainedOptionsBuilder options, int warmup, int measurement) {
        return options.warmupTime(new TimeValue(warmup, TimeUnit.MILLISECONDS))
                .measurementTime(new TimeValue(measurement, TimeUnit.MILLISECONDS));
    }
}
