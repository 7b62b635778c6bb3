package dev.weft.tracing;

/**
 * What became of spans since the start.
 *
 * @param exported taken by the collector
 * @param refused not taken by it, or not in time
 * @param dropped for which there was no room while others waited
 */
public record SpanCounts(long exported, long refused, long dropped) {
    static final SpanCounts NONE = new SpanCounts(0, 0, 0);
}
