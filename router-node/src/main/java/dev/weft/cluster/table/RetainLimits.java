package dev.weft.cluster.table;

/**
 * How much one realm may retain.
 *
 * @param topics with a retained event
 * @param bytes of all of them
 */
public record RetainLimits(int topics, long bytes) {}
