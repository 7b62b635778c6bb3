package dev.weft.node;

import dev.weft.config.LogLevel;
import dev.weft.config.LoggingConfig;
import dev.weft.config.NodeConfig;
import dev.weft.observability.LogLevels;
import dev.weft.observability.LogOutput;
import java.util.Locale;

/** Makes the logs of this process what the configuration says. */
public final class LogSettings {
    private LogSettings() {}

    public static void apply(NodeConfig config) {
        LoggingConfig logging = config.logging();
        LogOutput.configure(logging.format(), config.node().name());
        LogLevels.set(LogLevels.ROUTER, text(logging.level()));
        LogLevels.set(LogLevels.LIBRARIES, text(logging.libraries()));
    }

    private static String text(LogLevel level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
