package dev.weft.node;

import dev.weft.config.ConfigLoader;
import dev.weft.config.ConfigReport;
import dev.weft.config.NodeConfig;
import java.util.List;
import java.util.Map;

/** Configurations written down in tests. */
final class NodeConfigs {
    /** Of each node, whatever the machine: what crosses from one to the other is tested as well. */
    static final int EVENT_LOOPS = 2;

    private static final Map<String, String> ENVIRONMENT =
            Map.of("WEFT_NODE__EVENT_LOOPS", String.valueOf(EVENT_LOOPS));

    private NodeConfigs() {}

    static ConfigReport report(String yaml) {
        return new ConfigLoader(ENVIRONMENT, List.of()).loadText("test", yaml);
    }

    static NodeConfig of(String yaml) {
        ConfigReport report = report(yaml);
        return report.config()
                .orElseThrow(() -> new AssertionError(report.problems().toString()));
    }
}
