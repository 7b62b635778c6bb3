package dev.weft.load.conformance;

import dev.weft.load.conformance.Verdict.Outcome;
import dev.weft.load.conformance.feature.Feature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What came of all checks: a table for people, JSON for programs. */
final class TrialReport {
    private static final int NAME_WIDTH = 38;
    private static final int FAULTS_SHOWN = 3;

    private final List<Verdict> verdicts;

    TrialReport(List<Verdict> verdicts) {
        this.verdicts = List.copyOf(verdicts);
    }

    long failed() {
        return count(Outcome.FAILED);
    }

    private long count(Outcome outcome) {
        return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
    }

    /**
     * A row for each feature, a column for each transport and serializer, in each cell how many checks passed of how many
     * in all placements; then what failed.
     */
    void print(PrintWriter out) {
        Set<String> heads = new LinkedHashSet<>();
        Map<Feature, Map<String, List<Verdict>>> rows = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
            String head = head(verdict.column());
            heads.add(head);
            rows.computeIfAbsent(verdict.feature(), feature -> new LinkedHashMap<>())
                    .computeIfAbsent(head, cell -> new ArrayList<>())
                    .add(verdict);
        }
        out.print(" ".repeat(NAME_WIDTH));
        heads.forEach(head -> out.printf(" %12s", head));
        out.println();
        rows.forEach((feature, cells) -> {
            out.printf("%-" + NAME_WIDTH + "s", feature.name());
            heads.forEach(head -> out.printf(" %12s", cell(cells.getOrDefault(head, List.of()))));
            out.println();
        });
        printFaults(out);
        out.printf(
                "%n%d passed, %d failed, %d not announced%n",
                count(Outcome.PASSED), failed(), count(Outcome.NOT_ANNOUNCED));
        out.flush();
    }

    private static String head(Column column) {
        String transport = column.transport().name().substring(0, 3).toLowerCase(Locale.ROOT);
        return transport + " " + column.language().name().toLowerCase(Locale.ROOT);
    }

    private static String cell(List<Verdict> verdicts) {
        if (verdicts.stream().allMatch(verdict -> verdict.outcome() == Outcome.NOT_ANNOUNCED)) {
            return "-";
        }
        long passed = verdicts.stream()
                .filter(verdict -> verdict.outcome() == Outcome.PASSED)
                .count();
        return passed + "/" + verdicts.size();
    }

    private void printFaults(PrintWriter out) {
        Verdict.byCheck(verdicts).forEach((check, all) -> {
            List<Verdict> failed = Verdict.failed(all);
            if (failed.isEmpty()) {
                return;
            }
            out.printf("%nFAILED %d times: %s%n", failed.size(), check);
            failed.stream()
                    .limit(FAULTS_SHOWN)
                    .forEach(verdict -> out.printf("    %s: %s%n", verdict.column(), verdict.said()));
        });
    }

    String json() {
        JsonArray all = new JsonArray();
        for (Verdict verdict : verdicts) {
            all.add(new JsonObject()
                    .put("feature", verdict.feature().name())
                    .put("announcement", Objects.toString(verdict.feature().announcement(), null))
                    .put("check", verdict.check().name())
                    .put("transport", verdict.column().transport().name().toLowerCase(Locale.ROOT))
                    .put("serializer", verdict.column().language().name().toLowerCase(Locale.ROOT))
                    .put("placement", verdict.column().placement())
                    .put("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT))
                    .put("said", verdict.said()));
        }
        return new JsonObject()
                .put("passed", count(Outcome.PASSED))
                .put("failed", failed())
                .put("not_announced", count(Outcome.NOT_ANNOUNCED))
                .put("checks", all)
                .encodePrettily();
    }
}
