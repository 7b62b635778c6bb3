package dev.weft.load.compare;

import dev.weft.load.profile.AsyncProfiler;
import dev.weft.load.profile.FlameGraph;
import dev.weft.load.profile.Share;
import dev.weft.load.profile.Stacks;
import dev.weft.load.scenario.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where Weft's CPU time goes. Exit status: 0, or 1 if something did not work. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts nodes of Weft on this machine, puts load on them until they are warm, looks with async-profiler at where"
                    + " their CPU time goes, and writes a flame graph for each case and a page about them.",
            "To see into the kernel it has to be allowed: as root, or with kernel.perf_event_paranoid at 1 and"
                    + " kernel.kptr_restrict at 0."
        },
        footer = {"", "Example: weft load profile --cases rpc-128 --out /tmp/profiles"})
public final class ProfileCommand implements Callable<Integer> {
    /** So that the compiler notes of each instruction which method it is of. */
    private static final String PRECISE = "-XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints";

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "CASE",
            defaultValue = "rpc-128,rpc-128-two-nodes,rpc-128-websocket,rpc-128-tls,fan-out-100",
            description = "Of those that weft load compare --list shows. Default: ${DEFAULT-VALUE}.")
    private List<String> wanted = List.of();

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How long the load lasts before: until the compiler is through. Default: 30s.")
    private String warmup = "30s";

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long is looked. Default: 10s.")
    private String duration = "10s";

    @Option(names = "--weft-java-opts", defaultValue = "", description = "Options for the Java of the nodes.")
    private String javaOptions = "";

    @Option(
            names = "--out",
            paramLabel = "DIRECTORY",
            description = "For the pictures and the page profiles.md. Default: docs/performance of the sources.")
    private Path out = Path.of("docs/performance");

    @Option(names = "--home", hidden = true, defaultValue = ".", description = "The sources.")
    private Path home = Path.of(".");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        List<Case> cases = wanted.stream().map(this::named).toList();
        Duration before = time(warmup);
        Duration counted = time(duration);
        Workshop workshop = Workshop.create(home.toAbsolutePath().normalize());
        WeftContender weft = new WeftContender(workshop, (PRECISE + " " + javaOptions).strip());
        Path directory = Files.createDirectories(workshop.home().resolve(out));
        ProfilePage page = new ProfilePage(List.of(
                "on " + Instant.now().truncatedTo(ChronoUnit.MINUTES) + ", load average before " + Machine.load(),
                Machine.describe(),
                weft.install(),
                "looked for " + duration + ", after " + warmup + " under the same load"));
        for (Case what : cases) {
            say("profiling " + what.id());
            try {
                Stacks stacks = profile(what, weft, before, counted, workshop, page);
                Files.writeString(directory.resolve(ProfilePage.picture(what)), FlameGraph.of(stacks, what.title()));
                // After each, so that a later one that fails takes nothing with it.
                Files.writeString(directory.resolve("profiles.md"), page.text());
            } catch (Unavailable failed) {
                String logs = "see the logs in " + workshop.directory();
                spec.commandLine().getErr().println("weft load: " + failed.getMessage() + ": " + logs);
                return 1;
            }
        }
        say("written: " + directory);
        return 0;
    }

    private static Stacks profile(
            Case what, WeftContender weft, Duration warmup, Duration duration, Workshop workshop, ProfilePage page)
            throws Unavailable, IOException, InterruptedException, ExecutionException, TimeoutException {
        try (Running nodes = weft.start(what.nodes())) {
            Comparison.run(what, nodes, Duration.ZERO, warmup);
            AsyncProfiler profiler = AsyncProfiler.start(nodes.pids(), workshop.directory());
            Outcome outcome = Comparison.run(what, nodes, Duration.ZERO, duration);
            Stacks stacks = profiler.stop();
            page.add(what, outcome, Share.of(stacks), stacks.reachIntoKernel());
            return stacks;
        }
    }

    private Case named(String id) {
        return Cases.all(List.of(10, 100, 1000), 0, 0).stream()
                .filter(what -> what.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "there is no case " + id + ": see weft load compare --list"));
    }

    private Duration time(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private void say(String line) {
        PrintWriter print = spec.commandLine().getOut();
        print.println(line);
        print.flush();
    }
}
