package dev.weft.load.conformance;

import dev.weft.load.client.Endpoint;
import dev.weft.load.compare.Contender;
import dev.weft.load.compare.Contenders;
import dev.weft.load.compare.Door;
import dev.weft.load.compare.Running;
import dev.weft.load.compare.Unavailable;
import dev.weft.load.compare.Workshop;
import dev.weft.load.conformance.ComparisonPage.Router;
import dev.weft.load.conformance.Verdict.Outcome;
import dev.weft.load.conformance.feature.Features;
import dev.weft.load.conformance.wire.Language;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weft conformance compare}: Weft and other routers before the same suite. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts Weft on two nodes, nexus and Crossbar.io on this machine, checks each in turn, and writes the comparison in"
                    + " docs/conformance.md.",
            "What is not installed is got with go and pip, into .weft/compare; who cannot be had is left out, and the page says"
                    + " why. The exit status is 0, or 1 if Weft failed a check."
        })
final class CompareCommand implements Callable<Integer> {
    private static final String REALM = "realm1";

    /** A process that has closed its connections may still write down why. */
    private static final long MILLIS_TO_END = 2_000;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Who is judged: weft, nexus, crossbar. Default: all.")
    private List<String> only = List.of();

    @Option(names = "--python", defaultValue = "python3", description = "For Crossbar.io. Default: python3.")
    private String python = "python3";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "The page, which has the marks of the part that is written. Default: docs/conformance.md of the sources.")
    private Path out = Path.of("docs/conformance.md");

    @Option(names = "--home", hidden = true, defaultValue = ".", description = "The sources.")
    private Path home = Path.of(".");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Workshop workshop = Workshop.create(home.toAbsolutePath().normalize());
        Map<Router, List<Verdict>> routers = new LinkedHashMap<>();
        Map<String, String> leftOut = new LinkedHashMap<>();
        boolean weftFailed = false;
        for (Contender contender : Contenders.routers(workshop, "", python, null)) {
            if (!only.isEmpty() && !only.contains(contender.name())) {
                leftOut.put(contender.name(), "not asked for (--only)");
                continue;
            }
            try {
                say("preparing " + contender.name());
                String version = contender.install();
                List<Verdict> verdicts = judge(contender);
                routers.put(new Router(title(contender), version), verdicts);
                weftFailed |= contender.name().equals("weft")
                        && !Verdict.failed(verdicts).isEmpty();
            } catch (Unavailable cannot) {
                leftOut.put(contender.name(), String.valueOf(cannot.getMessage()));
                say("LEFT OUT: " + contender.name() + ": " + cannot.getMessage());
            }
        }
        Path page = workshop.home().resolve(out);
        String day = Instant.now().truncatedTo(ChronoUnit.DAYS).toString().substring(0, "2000-01-01".length());
        Files.writeString(page, ComparisonPage.replace(Files.readString(page), day, routers, leftOut));
        say("written: " + page);
        return weftFailed ? 1 : 0;
    }

    private static String title(Contender contender) {
        return contender.mostNodes() == 1
                ? contender.name()
                : contender.name() + ", " + contender.mostNodes() + " nodes";
    }

    /** A router that a check has ended is started again for the next column, so that the others are played. */
    private List<Verdict> judge(Contender contender) throws Unavailable, IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        int played = 0;
        int all = Integer.MAX_VALUE;
        while (played < all) {
            try (Running running = contender.start(contender.mostNodes())) {
                List<Column> columns = columns(contender, running);
                all = columns.size();
                boolean ended = false;
                while (played < all && !ended) {
                    List<Column> next = List.of(columns.get(played++));
                    List<Verdict> ofOne = new Trial(REALM).run(Features.all(), next, column -> say("  " + column));
                    verdicts.addAll(ofOne);
                    ended = !Verdict.failed(ofOne).isEmpty() && running.endsWithin(MILLIS_TO_END);
                }
                if (ended) {
                    say("  " + contender.name() + " HAS ENDED while it was checked");
                }
            }
        }
        long failed = Verdict.failed(verdicts).size();
        long unannounced = verdicts.stream()
                .filter(verdict -> verdict.outcome() == Outcome.NOT_ANNOUNCED)
                .count();
        say("%s: %d checks, %d failed, %d not announced"
                .formatted(contender.name(), verdicts.size(), failed, unannounced));
        return verdicts;
    }

    private static List<Column> columns(Contender contender, Running running) {
        List<List<Endpoint>> doors = IntStream.range(0, contender.mostNodes())
                .mapToObj(
                        node -> List.of(running.endpoint(node, Door.RAWSOCKET), running.endpoint(node, Door.WEBSOCKET)))
                .toList();
        return Column.of(doors, List.of(Language.values()));
    }

    private void say(String line) {
        PrintWriter print = spec.commandLine().getOut();
        print.println(line);
        print.flush();
    }
}
