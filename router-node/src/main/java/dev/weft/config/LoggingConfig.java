package dev.weft.config;

/**
 * What is logged.
 *
 * @param level for the router itself
 * @param libraries for what it is built on
 */
public record LoggingConfig(
        @Key(doc = "How much the router logs.", value = "info")
        LogLevel level,

        @Key(doc = "How much the libraries log (Hazelcast, Vert.x, Netty).", value = "warn")
        LogLevel libraries) {}
