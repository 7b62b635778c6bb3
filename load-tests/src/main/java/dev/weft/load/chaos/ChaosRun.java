package dev.weft.load.chaos;

import dev.weft.load.chaos.check.Bounds;
import dev.weft.load.chaos.check.Verdict;
import dev.weft.load.chaos.client.Stage;
import dev.weft.load.chaos.fault.FaultKind;
import dev.weft.load.chaos.history.History;
import dev.weft.load.chaos.net.Isolation;
import dev.weft.load.chaos.net.LoopbackNetwork;
import dev.weft.load.chaos.net.NamespaceNetwork;
import dev.weft.load.chaos.net.Network;
import dev.weft.load.chaos.node.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One run: a cluster, and rounds of faults until its time is over. A long run is many rounds, so that each history is checked
 * and forgotten; the first round has the seed of the run.
 *
 * @param launcher the command {@code weft}
 * @param directory for configurations and logs of the nodes
 * @param jvmOptions more options for the nodes' Java
 * @param kinds to be injected, those that cannot be are named in the report
 * @param clients of each kind and node
 * @param margin see {@link Bounds}
 */
record ChaosRun(
        Path launcher,
        Path directory,
        List<String> jvmOptions,
        int nodes,
        Duration duration,
        long seed,
        Collection<FaultKind> kinds,
        int clients,
        Duration margin) {
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(5);

    ChaosReport play(Progress progress) throws Exception {
        Network network = Isolation.isInside() ? NamespaceNetwork.create(nodes) : LoopbackNetwork.create(nodes);
        progress.say("starting " + nodes + " nodes, which log to " + directory);
        try (Cluster cluster = Cluster.start(network, nodes, launcher, directory, jvmOptions);
                Stage stage = new Stage(cluster)) {
            progress.say("all nodes are ready");
            List<FaultKind> possible = new ArrayList<>();
            Map<FaultKind, String> leftOut = new EnumMap<>(FaultKind.class);
            for (FaultKind kind : kinds) {
                if (kind.isPossible(cluster)) {
                    possible.add(kind);
                } else {
                    leftOut.put(kind, kind.needs());
                    progress.say("LEFT OUT: " + kind.text() + ", which needs " + kind.needs());
                }
            }
            ChaosReport report = new ChaosReport(nodes, seed, leftOut);
            play(new Round(cluster, stage, progress), possible, report, progress);
            return report;
        }
    }

    private void play(Round round, List<FaultKind> possible, ChaosReport report, Progress progress) throws Exception {
        Bounds bounds = Bounds.promised(margin);
        SplittableRandom seeds = new SplittableRandom(seed);
        long roundSeed = seed;
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            progress.say("a round with the seed " + roundSeed);
            long start = System.nanoTime();
            Duration length = Duration.ofNanos(Math.min(left, LONGEST_ROUND.toNanos()));
            History history = round.play(roundSeed, length, possible, clients, margin);
            long took = System.nanoTime() - start;
            Verdict verdict = Verdict.of(history.entries(), bounds, progress.start());
            report.measures().add(history.entries(), bounds);
            report.add(verdict, took);
            progress.say(verdict.violations().size() + " violations in " + history.size() + " entries");
            roundSeed = seeds.nextLong();
        }
    }
}
