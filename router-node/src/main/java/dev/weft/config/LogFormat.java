package dev.weft.config;

/** How a line of the log looks. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** For machines: an object of JSON. */
    JSON
}
