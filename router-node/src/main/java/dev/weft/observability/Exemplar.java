package dev.weft.observability;

/**
 * One value out of a range of a {@link Distribution}, and the trace that tells how it came about.
 *
 * @param value in the unit of the distribution
 * @param traceHigh the first half of the trace's id
 * @param traceLow the second half
 * @param span the id of the span
 * @param timestamp when it was seen, in milliseconds since 1970
 */
public record Exemplar(long value, long traceHigh, long traceLow, long span, long timestamp) {}
