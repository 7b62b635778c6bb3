package dev.weft.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of loading a configuration.
 *
 * @param config present if, and only if, there is no error among the problems
 * @param problems all that was found, in the order of the lines
 * @param places where each group of keys was written, by its path: {@code weft.yaml:3:5}, or the variable or flag
 */
public record ConfigReport(Optional<NodeConfig> config, List<ConfigProblem> problems, Map<String, String> places) {

    public ConfigReport {
        problems = List.copyOf(problems);
        places = Map.copyOf(places);
    }

    /** Of a configuration that is right and was not written down anywhere. */
    public static ConfigReport of(NodeConfig config) {
        return new ConfigReport(Optional.of(config), List.of(), Map.of());
    }
}
