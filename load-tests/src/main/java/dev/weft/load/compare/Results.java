package dev.weft.load.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** All that was measured, by case and contender. Rounds have the same place in every list, as long as none has failed. */
final class Results {
    private final List<Case> cases;
    private final Map<String, Map<String, List<Outcome>>> outcomes = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> failures = new LinkedHashMap<>();

    Results(List<Case> cases) {
        this.cases = cases;
    }

    List<Case> cases() {
        return cases;
    }

    void add(Case what, String contender, Outcome outcome) {
        outcomes.computeIfAbsent(what.id(), id -> new LinkedHashMap<>())
                .computeIfAbsent(contender, name -> new ArrayList<>())
                .add(outcome);
    }

    void addFailure(Case what, String contender, String reason) {
        failures.computeIfAbsent(what.id(), id -> new LinkedHashMap<>()).put(contender, reason);
    }

    /** Who has at least one outcome. */
    List<String> contenders(String id) {
        return List.copyOf(outcomes.getOrDefault(id, Map.of()).keySet());
    }

    Map<String, String> failures(String id) {
        return failures.getOrDefault(id, Map.of());
    }

    List<Outcome> outcomes(String id, String contender) {
        return outcomes.getOrDefault(id, Map.of()).getOrDefault(contender, List.of());
    }

    /** Nothing if it was not measured. */
    Optional<Spread> spread(String id, String contender, ToDoubleFunction<Outcome> figure) {
        List<Double> values = outcomes(id, contender).stream()
                .map(figure::applyAsDouble)
                .filter(value -> !value.isNaN())
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** A figure of one as a multiple of that of another, round by round: what a round was disturbed by disturbed both. */
    Optional<Spread> ratio(String id, String one, String baseId, String base, ToDoubleFunction<Outcome> figure) {
        List<Outcome> ones = outcomes(id, one);
        List<Outcome> bases = outcomes(baseId, base);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(ones.size(), bases.size()); round++) {
            double ratio = figure.applyAsDouble(ones.get(round)) / figure.applyAsDouble(bases.get(round));
            if (Double.isFinite(ratio)) {
                ratios.add(ratio);
            }
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }
}
