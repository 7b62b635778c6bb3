package dev.weft.load.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** All that was measured, by case, contender and round. */
final class Results {
    private final List<Case> cases;
    private final Map<String, Map<String, SortedMap<Integer, Outcome>>> outcomes = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> failures = new LinkedHashMap<>();

    Results(List<Case> cases) {
        this.cases = cases;
    }

    List<Case> cases() {
        return cases;
    }

    void add(Case what, String contender, int round, Outcome outcome) {
        outcomes.computeIfAbsent(what.id(), id -> new LinkedHashMap<>())
                .computeIfAbsent(contender, name -> new TreeMap<>())
                .put(round, outcome);
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

    /** By round; rounds that failed are missing. */
    SortedMap<Integer, Outcome> outcomes(String id, String contender) {
        return outcomes.getOrDefault(id, Map.of()).getOrDefault(contender, new TreeMap<>());
    }

    /** Nothing if it was not measured. */
    Optional<Spread> spread(String id, String contender, ToDoubleFunction<Outcome> figure) {
        List<Double> values = outcomes(id, contender).values().stream()
                .map(figure::applyAsDouble)
                .filter(value -> !value.isNaN())
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** A figure of one as a multiple of that of another, round by round: what a round was disturbed by disturbed both. */
    Optional<Spread> ratio(String id, String one, String baseId, String base, ToDoubleFunction<Outcome> figure) {
        SortedMap<Integer, Outcome> bases = outcomes(baseId, base);
        List<Double> ratios = new ArrayList<>();
        outcomes(id, one).forEach((round, outcome) -> {
            Outcome divisor = bases.get(round);
            double ratio = divisor == null ? Double.NaN : figure.applyAsDouble(outcome) / figure.applyAsDouble(divisor);
            if (Double.isFinite(ratio)) {
                ratios.add(ratio);
            }
        });
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }
}
