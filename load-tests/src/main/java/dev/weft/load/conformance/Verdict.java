package dev.weft.load.conformance;

import dev.weft.load.conformance.feature.Check;
import dev.weft.load.conformance.feature.Feature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of one check.
 *
 * @param said why it failed; empty if it passed
 */
record Verdict(Feature feature, Check check, Column column, Outcome outcome, String said) {
    enum Outcome {
        PASSED,
        FAILED,
        /** The router does not announce the feature: the checks are not played. */
        NOT_ANNOUNCED
    }

    /** By feature and check, as it is shown to people, in the order played. */
    static Map<String, List<Verdict>> byCheck(List<Verdict> verdicts) {
        Map<String, List<Verdict>> checks = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
            String check = verdict.feature().name() + ": " + verdict.check().name();
            checks.computeIfAbsent(check, first -> new ArrayList<>()).add(verdict);
        }
        return checks;
    }

    static List<Verdict> failed(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.outcome() == Outcome.FAILED)
                .toList();
    }
}
