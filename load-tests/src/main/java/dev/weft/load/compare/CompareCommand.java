package dev.weft.load.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Weft side by side with others. Exit status: 0, or 1 if Weft failed in a case. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts Weft, other routers, NATS and a bare relay on this machine, puts the same load on each in turn, several"
                    + " times, and writes docs/performance.md.",
            "What is not installed is got with go, pip and apt-get, into .weft/compare; who cannot be had is left out, and"
                    + " the page says why."
        },
        footer = {
            "",
            "Examples:",
            "  weft load compare --rounds 1 --uncounted 0 --first-warmup 0s --duration 2s --cases 'rpc-128,fan-out-100'",
            "  weft load compare --fan-out 10,100,1000,10000 --idle 10000 --reconnect 10000"
        })
public final class CompareCommand implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "5", description = "How often everything is measured. Default: 5.")
    private int rounds = 5;

    @Option(
            names = "--uncounted",
            defaultValue = "1",
            description = "Rounds before, which do not count: for compilers that work at run time. Default: 1.")
    private int uncounted = 1;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "Of each measurement. Default: 5s.")
    private String duration = "5s";

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            defaultValue = "3s",
            description = "Before each of them. Default: 3s.")
    private String warmup = "3s";

    @Option(
            names = "--first-warmup",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = {
                "Once for every process that is started, with the first load that it gets.",
                "Those of two nodes have few cases, and would else be measured colder than those of one. Default: 30s."
            })
    private String firstWarmup = "30s";

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Who takes part: weft, nexus, crossbar, nats, relay. Default: all. Ratios need weft.")
    private List<String> only = List.of();

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "CASE",
            description = "What is measured, with * for anything. Default: all, which --list shows.")
    private List<String> wanted = List.of("*");

    @Option(names = "--list", description = "Shows the cases.")
    private boolean list;

    @Mixin
    private CaseOptions choice = new CaseOptions();

    @Option(names = "--python", defaultValue = "python3", description = "For Crossbar.io. Default: python3.")
    private String python = "python3";

    @Option(
            names = "--crossbar",
            paramLabel = "DIRECTORY",
            description = {
                "A virtual environment with Crossbar.io in it, instead of one that is made by --python.",
                "load-tests/compare/crossbar/pypy makes one of PyPy."
            })
    private @Nullable Path crossbar;

    @Mixin
    private MeasuringOptions measuring = new MeasuringOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The page. Default: docs/performance.md of the sources.")
    private Path out = Path.of("docs/performance.md");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        List<Case> cases = choice.chosen(wanted);
        if (cases.isEmpty() || rounds < 1 || uncounted < 0) {
            throw new ParameterException(spec.commandLine(), "there is nothing to measure: see --list");
        }
        if (list) {
            cases.forEach(what -> measuring.say("%-24s %s".formatted(what.id(), what.title())));
            return 0;
        }
        return compare(
                cases,
                new Plan(
                        uncounted,
                        rounds,
                        measuring.time(firstWarmup),
                        measuring.time(warmup),
                        measuring.time(duration)));
    }

    private int compare(List<Case> cases, Plan plan) throws IOException, InterruptedException {
        Workshop workshop = measuring.workshop();
        Map<String, String> versions = new LinkedHashMap<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        List<Contender> contenders = install(workshop, versions, leftOut);
        List<String> circumstances = new ArrayList<>(circumstances(plan));
        Results results;
        try (Comparison comparison = new Comparison(cases, contenders, plan, measuring::say)) {
            results = comparison.play();
        }
        circumstances.add("load average at the end " + Machine.load() + ", the measurements themselves included");
        Path page = workshop.home().resolve(out);
        String old = Files.exists(page) ? Files.readString(page) : "";
        Files.writeString(page, PerformancePage.write(old, results, circumstances, versions, leftOut));
        measuring.say("written: " + page);
        boolean weftFailed =
                cases.stream().anyMatch(what -> results.failures(what.id()).containsKey(WeftContender.NAME));
        return weftFailed ? 1 : 0;
    }

    private List<Contender> install(Workshop workshop, Map<String, String> versions, Map<String, String> leftOut)
            throws IOException, InterruptedException {
        List<Contender> ready = new ArrayList<>();
        for (Contender contender : Contenders.all(workshop, measuring.javaOptions(), python, crossbar)) {
            if (!only.isEmpty() && !only.contains(contender.name())) {
                leftOut.put(contender.name(), "not asked for (--only)");
                continue;
            }
            try {
                measuring.say("preparing " + contender.name());
                versions.put(contender.name(), contender.install());
                ready.add(contender);
            } catch (Unavailable cannot) {
                leftOut.put(contender.name(), String.valueOf(cannot.getMessage()));
                measuring.say("LEFT OUT: " + contender.name() + ": " + cannot.getMessage());
            }
        }
        return ready;
    }

    private List<String> circumstances(Plan plan) throws IOException {
        return List.of(
                choice.given(),
                Machine.before(),
                Machine.describe(),
                String.format(
                        Locale.ROOT,
                        "rounds: %d, after %d that did not count; each process warmed for %.0f s once; each figure over %.1f s, after"
                                + " %.1f s that did not count; contenders in turn within a case, and the load tool on the same machine",
                        plan.rounds(),
                        plan.uncounted(),
                        plan.firstWarmup().toMillis() / 1e3,
                        plan.duration().toMillis() / 1e3,
                        plan.warmup().toMillis() / 1e3));
    }
}
