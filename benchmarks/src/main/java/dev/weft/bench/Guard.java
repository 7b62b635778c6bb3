package dev.weft.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
        Baseline accepted = Baseline.read(baseline);
        if (accepted.java() != Runtime.version().feature()) {
            throw new IOException(baseline + " is for Java " + accepted.java() + ", this is Java "
                    + Runtime.version().feature() + ": what is allocated differs");
        }
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

    /** What is measured now is accepted from now on. */
    int accept(String reason) throws IOException, RunnerException {
        Map<String, Measured> now = Measured.of(Benchmarks.quick(List.of()));
        new Baseline(Runtime.version().feature(), now).write(baseline, history, LocalDate.now(), reason);
        System.out.println(now.size() + " accepted in " + baseline);
        return plot();
    }

    /** Draws the history anew. */
    int plot() throws IOException {
        Files.writeString(plot, HistoryPlot.of(History.read(history)));
        return 0;
    }
}
