package dev.weft.config;

import dev.weft.config.ConfigProblem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems while a configuration is read. */
final class Problems {
    private final List<ConfigProblem> found = new ArrayList<>();

    void error(Origin origin, String path, String message) {
        error(origin, path, message, "");
    }

    void error(Origin origin, String path, String message, String hint) {
        add(Severity.ERROR, origin, path, message, hint);
    }

    void warning(Origin origin, String path, String message, String hint) {
        add(Severity.WARNING, origin, path, message, hint);
    }

    /** What was found by another reader. */
    void add(ConfigProblem problem) {
        found.add(problem);
    }

    boolean hasErrors() {
        return found.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** In the order of the lines of each source. */
    List<ConfigProblem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparing(ConfigProblem::source)
                        .thenComparingInt(ConfigProblem::line)
                        .thenComparingInt(ConfigProblem::column))
                .toList();
    }

    private void add(Severity severity, Origin origin, String path, String message, String hint) {
        found.add(new ConfigProblem(severity, origin.source(), origin.line(), origin.column(), path, message, hint));
    }
}
