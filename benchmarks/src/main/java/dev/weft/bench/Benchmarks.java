package dev.weft.bench;

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
 * {@code -Dquick} the whole set takes under two minutes, with the small
 * payload only: enough to see what allocates and what doubled, not to compare
 * a few per cent.
 */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result("benchmarks.json")
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");
        if (System.getProperty("quick") != null) {
            options.forks(1)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.milliseconds(150))
                    .measurementIterations(2)
                    .measurementTime(TimeValue.milliseconds(150))
                    .param("payloadBytes", "128");
        }
        new Runner(options.build()).run();
    }
}
