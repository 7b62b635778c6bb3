package dev.weft.load;

import dev.weft.load.client.Endpoint;
import dev.weft.load.measure.ListeningProcess;
import dev.weft.load.report.JsonReport;
import dev.weft.load.report.RunResult;
import dev.weft.load.report.Sample;
import dev.weft.load.report.SvgPlot;
import dev.weft.load.report.TextReport;
import dev.weft.load.scenario.Durations;
import dev.weft.load.scenario.Scenario;
import dev.weft.load.work.LoadRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where and how long a scenario is played, and where its result goes. */
final class RunOptions {
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            converter = Url.class,
            description = "Instead of those of the scenario: rs://HOST:PORT, rss://, ws://HOST:PORT/PATH or wss://.")
    private List<Endpoint> endpoints = List.of();

    @Option(
            names = "--other-endpoint",
            paramLabel = "URL",
            converter = Url.class,
            description = "The same for callees and subscribers. Default: --endpoint.")
    private List<Endpoint> otherEndpoints = List.of();

    @Option(names = "--realm", description = "Instead of the scenario's.")
    private @Nullable String realm;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            converter = Time.class,
            description = "What does not count, as 5s.")
    private @Nullable Duration warmup;

    @Option(names = "--duration", paramLabel = "TIME", converter = Time.class, description = "What counts, as 10s.")
    private @Nullable Duration duration;

    @Option(
            names = "--pid",
            split = ",",
            description = "Processes of the router, to read what they use. Default: those that listen on the ports.")
    private List<Long> pids = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result there.")
    private @Nullable Path json;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draws it there, as SVG.")
    private @Nullable Path plot;

    @Option(names = "--quiet", description = "No line for every second.")
    private boolean quiet;

    /** Exit status: 0, or 1 if something failed, was lost, doubled or out of order. */
    int play(Scenario written, CommandLine command) throws Exception {
        Scenario scenario = written.at(endpoints, otherEndpoints)
                .inRealm(realm == null ? written.realm() : realm)
                .lasting(warmup == null ? written.warmup() : warmup, duration == null ? written.duration() : duration);
        PrintWriter err = command.getErr();
        RunResult result;
        try {
            LoadRun run = new LoadRun(scenario, pids(scenario), sample -> show(sample, err));
            result = run.run();
        } catch (ExecutionException broken) {
            err.println("weft load: " + broken.getCause());
            return command.getCommandSpec().exitCodeOnExecutionException();
        } catch (TimeoutException late) {
            String why = late.getMessage();
            err.println("weft load: " + (why == null ? "the router did not answer in time" : why));
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        command.getOut().print(TextReport.of(result));
        command.getOut().flush();
        write(result);
        return result.isClean() ? 0 : 1;
    }

    private void write(RunResult result) throws IOException {
        if (json != null) {
            Files.writeString(json, JsonReport.of(result));
        }
        if (plot != null) {
            Files.writeString(plot, SvgPlot.of(result));
        }
    }

    private List<Long> pids(Scenario scenario) {
        if (!pids.isEmpty()) {
            return pids;
        }
        return Stream.concat(scenario.endpoints().stream(), scenario.otherEndpoints().stream())
                .filter(endpoint ->
                        endpoint.host().equals("127.0.0.1") || endpoint.host().equals("localhost"))
                .map(endpoint -> ListeningProcess.on(endpoint.port()))
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .distinct()
                .toList();
    }

    private void show(Sample sample, PrintWriter err) {
        if (quiet) {
            return;
        }
        err.printf(
                Locale.ROOT,
                "%6.1f s %,12.0f/s  p50 %,8.0f µs  p99 %,8.0f µs  router %.2f CPUs %,6d MiB  tool %.2f CPUs%n",
                sample.second(),
                sample.perSecond(),
                sample.p50Micros(),
                sample.p99Micros(),
                sample.routerCpus(),
                sample.routerBytes() >> 20,
                sample.toolCpus());
        err.flush();
    }

    static final class Url implements ITypeConverter<Endpoint> {
        @Override
        public Endpoint convert(String text) {
            try {
                return Endpoint.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }

    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return Durations.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }
}
