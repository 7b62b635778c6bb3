package dev.weft.node.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.weft.config.LoggingConfig;
import org.slf4j.LoggerFactory;

/** Sets the log levels of this process to those of the configuration. */
final class LogLevels {
    private LogLevels() {}

    static void apply(LoggingConfig config) {
        set("dev.weft", Level.valueOf(config.level().name()));
        set(Logger.ROOT_LOGGER_NAME, Level.valueOf(config.libraries().name()));
    }

    private static void set(String name, Level level) {
        if (LoggerFactory.getLogger(name) instanceof Logger logger) {
            logger.setLevel(level);
        }
    }
}
