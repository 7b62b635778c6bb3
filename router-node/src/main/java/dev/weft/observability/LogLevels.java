package dev.weft.observability;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The log levels of this process: those that were set, and over them those that are there for a time. Thread-safe. */
public final class LogLevels {
    /** The router's own. */
    public static final String ROUTER = "dev.weft";

    /** Everybody's who has none. */
    public static final String LIBRARIES = Logger.ROOT_LOGGER_NAME;

    /** What temporary levels end with, by logger. Guarded by the class. */
    private static final Map<String, Optional<String>> BELOW = new HashMap<>();

    private LogLevels() {}

    /** The levels that were set, by logger. */
    public static Map<String, String> all() {
        Map<String, String> levels = new TreeMap<>();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            for (Logger logger : context.getLoggerList()) {
                if (logger.getLevel() != null) {
                    levels.put(logger.getName(), text(logger.getLevel()));
                }
            }
        }
        return levels;
    }

    /** The level that was set for a logger; null if it takes that of the one above it. */
    public static @Nullable String get(String name) {
        return all().get(name);
    }

    /**
     * Sets the level of a logger; a temporary one is over.
     *
     * @param level {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}; null to take that of the one above
     */
    public static synchronized void set(String name, @Nullable String level) {
        BELOW.remove(name);
        put(name, level);
    }

    /** Sets the level of a logger until {@link #restore} or {@link #set}. */
    public static synchronized void setForATime(String name, String level) {
        BELOW.computeIfAbsent(name, logger -> Optional.ofNullable(get(logger)));
        put(name, level);
    }

    /** Ends a temporary level, and tells whether there was one. */
    public static synchronized boolean restore(String name) {
        Optional<String> below = BELOW.remove(name);
        if (below == null) {
            return false;
        }
        put(name, below.orElse(null));
        return true;
    }

    private static void put(String name, @Nullable String level) {
        if (LoggerFactory.getLogger(name) instanceof Logger logger) {
            logger.setLevel(level == null ? null : Level.valueOf(level));
        }
    }

    private static String text(Level level) {
        return level.toString().toLowerCase(Locale.ROOT);
    }
}
