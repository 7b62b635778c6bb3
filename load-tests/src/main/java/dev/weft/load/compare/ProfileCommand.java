package dev.weft.load.compare;

import dev.weft.load.profile.AsyncProfiler;
import dev.weft.load.profile.FlameGraph;
import dev.weft.load.profile.Share;
import dev.weft.load.profile.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            description =
                    "Of those that weft load compare --list shows, with * for anything. Default: ${DEFAULT-VALUE}.")
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

    @Mixin
    private CaseOptions choice = new CaseOptions();

    @Mixin
    private MeasuringOptions measuring = new MeasuringOptions();

    @Option(
            names = "--out",
            paramLabel = "DIRECTORY",
            description = "For the pictures and the page profiles.md. Default: docs/performance of the sources.")
    private Path out = Path.of("docs/performance");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        wanted.forEach(this::refuseUnknown);
        List<Case> cases = choice.chosen(wanted);
        Duration before = measuring.time(warmup);
        Duration counted = measuring.time(duration);
        Workshop workshop = measuring.workshop();
        WeftContender weft = new WeftContender(workshop, (PRECISE + " " + measuring.javaOptions()).strip());
        Path directory = Files.createDirectories(workshop.home().resolve(out));
        ProfilePage page = new ProfilePage(List.of(
                choice.given(),
                Machine.before(),
                Machine.describe(),
                weft.install(),
                "looked for " + duration + ", after " + warmup + " under the same load"));
        for (Case what : cases) {
            measuring.say("profiling " + what.id());
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
        measuring.say("written: " + directory);
        return 0;
    }

    private static Stacks profile(
            Case what, WeftContender weft, Duration warmup, Duration duration, Workshop workshop, ProfilePage page)
            throws Unavailable, IOException, InterruptedException, ExecutionException, TimeoutException {
        try (Running nodes = weft.start(what.nodes())) {
            Comparison.warm(what, nodes, warmup);
            AsyncProfiler profiler = AsyncProfiler.start(nodes.pids(), workshop.directory());
            Outcome outcome = Comparison.run(what, nodes, Duration.ZERO, duration);
            Stacks stacks = profiler.stop();
            page.add(what, outcome, Share.of(stacks), stacks.reachIntoKernel());
            return stacks;
        }
    }

    private void refuseUnknown(String pattern) {
        List<Case> chosen = choice.chosen(List.of(pattern));
        if (chosen.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "there is no case " + pattern + ": see weft load compare --list");
        }
        chosen.stream().filter(Case::isAboutMemory).findFirst().ifPresent(what -> {
            throw new ParameterException(spec.commandLine(), what.id() + " is about memory, not CPU time");
        });
    }
}
