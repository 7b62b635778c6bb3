package dev.weft.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmarks may cost, as it was accepted last, in a file of lines {@code name TAB bytes TAB ratio}. A first line says for
 * which Java, since when and why.
 */
record Baseline(int java, Map<String, Measured> accepted) {
    /** More allocation than this is a regression: what the profiler sees beside the benchmark is less. */
    static final double BYTES_FACTOR = 1.02;

    static final double BYTES_MORE = 4;

    /** More time than this is a regression: below a doubling, and above what a busy machine does to the shortest iteration of several. */
    static final double TIME_FACTOR = 1.75;

    /** What needs less than this part of what was accepted could double unseen. */
    private static final double GAIN = 1 / TIME_FACTOR;

    private static final String HEADER = "# Java ";

    Baseline {
        accepted = Collections.unmodifiableMap(new TreeMap<>(accepted));
    }

    /** @throws IOException if it cannot be read or is no baseline */
    static Baseline read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        try {
            int java = Integer.parseInt(lines.get(0).substring(HEADER.length()).split(",", 2)[0]);
            Map<String, Measured> accepted = new TreeMap<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.split("\t", -1);
                accepted.put(fields[0], new Measured(Double.parseDouble(fields[1]), Double.parseDouble(fields[2])));
            }
            return new Baseline(java, accepted);
        } catch (IndexOutOfBoundsException | NumberFormatException wrong) {
            throw new IOException(file + " is no baseline: " + wrong.getMessage(), wrong);
        }
    }

    /** This one, with what was measured of some benchmarks in place of what was accepted of them. */
    Baseline with(Map<String, Measured> some) {
        Map<String, Measured> both = new TreeMap<>(accepted);
        both.putAll(some);
        return new Baseline(java, both);
    }

    /**
     * Replaces the file, and adds to the history beside it a line for each benchmark that was measured.
     *
     * @param measured names of those that were; of the others stays what was accepted before
     */
    void write(Path file, Path history, LocalDate date, String reason, Set<String> measured) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(HEADER + java + ", accepted " + date + ": " + reason);
        List<String> past = new ArrayList<>();
        accepted.forEach((name, cost) -> {
            String line = String.format(Locale.ROOT, "%s\t%.1f\t%.4f", name, cost.bytes(), cost.ratio());
            lines.add(line);
            if (measured.contains(name)) {
                past.add(date + "\t" + java + "\t" + line + "\t" + reason);
            }
        });
        Files.write(file, lines, StandardCharsets.UTF_8);
        Files.write(history, past, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** What is worse than accepted, and what is in one of both only. */
    List<Regression> regressions(Map<String, Measured> now) {
        List<Regression> regressions = new ArrayList<>();
        now.forEach((name, measured) -> {
            Measured before = accepted.get(name);
            String worse = before == null ? "is not in the baseline" : worse(before, measured);
            if (worse != null) {
                regressions.add(new Regression(name, worse));
            }
        });
        accepted.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .forEach(name -> regressions.add(new Regression(name, "is in the baseline and was not run")));
        return regressions;
    }

    /** What is so much cheaper than accepted that it could get as dear again unseen: names, and what they cost. */
    List<String> gains(Map<String, Measured> now) {
        List<String> gains = new ArrayList<>();
        now.forEach((name, measured) -> {
            Measured before = accepted.get(name);
            if (before != null && isGain(before, measured)) {
                gains.add(String.format(
                        Locale.ROOT,
                        "%s takes %.4f of the calibration and allocates %.1f bytes, accepted are %.4f and %.1f",
                        name,
                        measured.ratio(),
                        measured.bytes(),
                        before.ratio(),
                        before.bytes()));
            }
        });
        return gains;
    }

    private static boolean isGain(Measured before, Measured now) {
        return now.ratio() < before.ratio() * GAIN || now.bytes() * BYTES_FACTOR + 2 * BYTES_MORE < before.bytes();
    }

    private static @Nullable String worse(Measured before, Measured now) {
        if (now.bytes() > before.bytes() * BYTES_FACTOR + BYTES_MORE) {
            return String.format(Locale.ROOT, "allocates %.1f bytes, accepted are %.1f", now.bytes(), before.bytes());
        }
        if (now.ratio() > before.ratio() * TIME_FACTOR) {
            return String.format(
                    Locale.ROOT, "takes %.4f of the calibration, accepted are %.4f", now.ratio(), before.ratio());
        }
        return null;
    }
}
