package dev.weft.node;

import dev.weft.config.ConfigLoader;
import dev.weft.config.ConfigReport;
import dev.weft.config.NodeConfig;
import java.util.List;
import java.util.Map;

/** Configurations written down in tests. */
final class NodeConfigs {
    private NodeConfigs() {}

    static NodeConfig of(String yaml) {
        ConfigReport report = new ConfigLoader(Map.of(), List.of()).loadText("test", yaml);
        return report.config()
                .orElseThrow(() -> new AssertionError(report.problems().toString()));
    }
}
