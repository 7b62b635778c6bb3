package dev.weft.load.chaos;

import dev.weft.load.chaos.check.Measures;
import dev.weft.load.chaos.check.Verdict;
import dev.weft.load.chaos.check.Violation;
import dev.weft.load.chaos.fault.FaultKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What a run has shown, over all its rounds. */
final class ChaosReport {
    private static final int SHOWN = 20;

    private final int nodes;
    private final long seed;
    private final Map<FaultKind, String> leftOut;
    private final Measures measures = new Measures();
    private final List<Verdict> verdicts = new ArrayList<>();
    private long nanos;

    /** @param leftOut what was asked for and cannot be done on this machine, and what it needs */
    ChaosReport(int nodes, long seed, Map<FaultKind, String> leftOut) {
        this.nodes = nodes;
        this.seed = seed;
        this.leftOut = leftOut;
    }

    void add(Verdict verdict, long length) {
        verdicts.add(verdict);
        nanos += length;
    }

    Measures measures() {
        return measures;
    }

    int violations() {
        return verdicts.stream()
                .mapToInt(verdict -> verdict.violations().size())
                .sum();
    }

    /** In Markdown. */
    String markdown() {
        StringBuilder text = new StringBuilder("# Chaos\n\n");
        line(text, "%d nodes, %d s, seed %d.", nodes, nanos / 1_000_000_000, seed);
        line(
                text,
                "%,d events of %,d publications, %,d calls and %,d other requests were checked: **%d violations**.",
                sum(Verdict::events),
                sum(Verdict::publications),
                sum(Verdict::calls),
                sum(Verdict::requests),
                violations());
        text.append("\n| fault | injected | detected after, ms (min / median / max) | whole after, ms |\n");
        text.append("|---|---|---|---|\n");
        measures.counts()
                .forEach((kind, count) -> line(
                        text,
                        "| %s | %d | %s | %s |",
                        kind.text(),
                        count,
                        spread(measures.detections(kind)),
                        spread(measures.recoveries(kind))));
        leftOut.forEach((kind, needs) -> line(text, "| %s | LEFT OUT | needs %s | |", kind.text(), needs));
        violationsByChecker().forEach((checker, violations) -> {
            line(text, "%n## %d violations: %s%n", violations.size(), checker);
            violations.stream().limit(SHOWN).forEach(violation -> line(text, "- %s", violation.text()));
        });
        return text.toString();
    }

    /** All that {@link #markdown} says, in JSON. */
    String json() {
        List<String> faults = new ArrayList<>();
        measures.counts()
                .forEach((kind, count) -> faults.add(String.format(
                        Locale.ROOT,
                        "{\"kind\":\"%s\",\"injected\":%d,\"detectedAfterNanos\":%s,\"wholeAfterNanos\":%s}",
                        kind.text(),
                        count,
                        measures.detections(kind),
                        measures.recoveries(kind))));
        List<String> violations = new ArrayList<>();
        violationsByChecker()
                .forEach((checker, all) -> violations.add(
                        String.format(Locale.ROOT, "{\"checker\":\"%s\",\"count\":%d}", checker, all.size())));
        List<String> omitted =
                leftOut.keySet().stream().map(kind -> '"' + kind.text() + '"').toList();
        return String.format(
                Locale.ROOT,
                "{\"nodes\":%d,\"seconds\":%d,\"seed\":%d,\"events\":%d,\"publications\":%d,\"calls\":%d,"
                        + "\"requests\":%d,%n\"faults\":%s,%n\"leftOut\":%s,%n\"violations\":%s}%n",
                nodes,
                nanos / 1_000_000_000,
                seed,
                sum(Verdict::events),
                sum(Verdict::publications),
                sum(Verdict::calls),
                sum(Verdict::requests),
                faults,
                omitted,
                violations);
    }

    private Map<String, List<Violation>> violationsByChecker() {
        Map<String, List<Violation>> byChecker = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
            for (Violation violation : verdict.violations()) {
                byChecker
                        .computeIfAbsent(violation.checker(), checker -> new ArrayList<>())
                        .add(violation);
            }
        }
        return byChecker;
    }

    private long sum(ToLongFunction<Verdict> figure) {
        return verdicts.stream().mapToLong(figure).sum();
    }

    /** @param nanos in ascending order */
    private static String spread(List<Long> nanos) {
        if (nanos.isEmpty()) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "%d / %d / %d",
                nanos.get(0) / 1_000_000,
                nanos.get(nanos.size() / 2) / 1_000_000,
                nanos.get(nanos.size() - 1) / 1_000_000);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
