package dev.weft.load.report;

/**
 * What the router used.
 *
 * @param cpuMicros while it counted
 * @param bytesBefore resident memory before the first session
 * @param bytesAtStart resident memory when it began to count
 * @param bytesAtEnd resident memory when it ceased to
 */
public record RouterUse(long cpuMicros, long bytesBefore, long bytesAtStart, long bytesAtEnd) {}
