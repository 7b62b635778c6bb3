package dev.weft.config;

/**
 * What is logged.
 *
 * @param level for the router itself
 * @param format of a line
 * @param libraries for what it is built on
 */
public record LoggingConfig(
        @Key(doc = "How much the router logs.", value = "info")
        LogLevel level,

        @Key(
                doc = "How a line looks: `text` for people, `json` for machines, with fixed names: `ts`, `level`,"
                        + " `logger`, `thread`, `node`, `msg`, and `err` and `stack` if something was thrown. One event is"
                        + " one line either way.",
                value = "text")
        LogFormat format,

        @Key(doc = "How much the libraries log (Hazelcast, Vert.x, Netty).", value = "warn")
        LogLevel libraries) {}
