package dev.weft.node;

import dev.weft.config.ConfigLoader;
import dev.weft.config.ConfigReport;
import dev.weft.config.NodeConfig;
import java.util.List;
import java.util.Map;

/** Configurations written down in tests. */
final class NodeConfigs {
    private NodeConfigs() {}

    static ConfigReport report(String yaml) {
        return new ConfigLoader(Map.of(), List.of()).loadText("test", yaml);
    }

    static NodeConfig of(String yaml) {
        ConfigReport report = report(yaml);
        return report.config()
                .orElseThrow(() -> new AssertionError(report.problems().toString()));
    }
}
