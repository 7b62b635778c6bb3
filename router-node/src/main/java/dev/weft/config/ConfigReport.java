package dev.weft.config;

import java.util.List;
import java.util.Optional;

/**
 * What came of loading a configuration.
 *
 * @param config present if, and only if, there is no error among the problems
 * @param problems all that was found, in the order of the lines
 */
public record ConfigReport(Optional<NodeConfig> config, List<ConfigProblem> problems) {

    public ConfigReport {
        problems = List.copyOf(problems);
    }
}
