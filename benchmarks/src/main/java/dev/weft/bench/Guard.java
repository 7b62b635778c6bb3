package dev.weft.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.RunnerException;

/** Holds the benchmarks to what was accepted: {@code check}, or {@code accept} with a reason; {@code plot} draws what was accepted. */
final class Guard {
    /** How often at most what looks worse is measured again. */
    private static final int AGAIN = 3;

    private final Path baseline;
    private final Path history;
    private final Path plot;

    /** @param results the directory of the baseline, its history, and the picture of that */
    Guard(Path results) {
        baseline = results.resolve("baseline.tsv");
        history = results.resolve("history.tsv");
        plot = results.resolve("history.svg");
    }

    /** Returns the exit status: 0 if nothing is worse than accepted, 1 if something is. */
    int check() throws IOException, RunnerException {
        Baseline accepted = presentFor(Runtime.version().feature());
        Map<String, Measured> now = Measured.of(Benchmarks.quick(List.of()));
        List<Regression> regressions = accepted.regressions(now);
        for (int again = 0; again < AGAIN && !regressions.isEmpty(); again++) {
            regressions = measuredAgain(accepted, now, regressions);
        }
        now.forEach((name, measured) -> System.out.printf(
                Locale.ROOT,
                "%-80s %10.1f bytes %10.4f of the calibration%n",
                name,
                measured.bytes(),
                measured.ratio()));
        accepted.gains(now).forEach(gain -> System.out.println("TO BE ACCEPTED: " + gain));
        regressions.forEach(regression -> System.out.println("FAILED: " + regression));
        System.out.println(
                now.size() - Math.min(now.size(), regressions.size()) + " passed, " + regressions.size() + " failed");
        return regressions.isEmpty() ? 0 : 1;
    }

    /** What got worse is worse the next time, too; what only had to share the machine is not. */
    private static List<Regression> measuredAgain(
            Baseline accepted, Map<String, Measured> now, List<Regression> regressions) throws RunnerException {
        System.out.println("measured again: " + regressions);
        Set<String> methods = regressions.stream().map(Regression::method).collect(Collectors.toSet());
        Measured.of(Benchmarks.quick(methods)).forEach((name, measured) -> now.merge(name, measured, Measured::better));
        return accepted.regressions(now);
    }

    /**
     * What is measured now is accepted from now on.
     *
     * @param names such as {@code CodecBenchmark.decode}, or of one case, {@code LanesBenchmark.publish:lanes=16}; all if empty
     */
    int accept(String reason, List<String> names) throws IOException, RunnerException {
        Set<String> methods = names.stream().map(Measured::method).collect(Collectors.toSet());
        Map<String, Measured> now = named(names, Measured.of(Benchmarks.quick(methods)));
        int java = Runtime.version().feature();
        Baseline next =
                names.isEmpty() ? new Baseline(java, now) : presentFor(java).with(now);
        next.write(baseline, history, LocalDate.now(), reason, now.keySet());
        System.out.println(now.size() + " accepted in " + baseline);
        return plot();
    }

    /**
     * Those of what was measured that are named; all if no name is given.
     *
     * @throws IOException for a name that none of them has
     */
    static Map<String, Measured> named(List<String> names, Map<String, Measured> measured) throws IOException {
        if (names.isEmpty()) {
            return measured;
        }
        Map<String, Measured> chosen = new TreeMap<>();
        for (String name : names) {
            Map<String, Measured> ofName = new TreeMap<>(measured);
            ofName.keySet()
                    .removeIf(
                            each -> !each.equals(name) && !Measured.method(each).equals(name));
            if (ofName.isEmpty()) {
                throw new IOException("there is no benchmark " + name);
            }
            chosen.putAll(ofName);
        }
        return chosen;
    }

    private Baseline presentFor(int java) throws IOException {
        Baseline present = Baseline.read(baseline);
        if (present.java() != java) {
            throw new IOException(baseline + " is for Java " + present.java() + ", this is Java " + java
                    + ": what is allocated differs");
        }
        return present;
    }

    /** Draws the history anew. */
    int plot() throws IOException {
        Files.writeString(plot, HistoryPlot.of(History.read(history)));
        return 0;
    }
}
