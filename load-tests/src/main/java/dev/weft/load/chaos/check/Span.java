package dev.weft.load.chaos.check;

import dev.weft.load.chaos.fault.Fault;

/**
 * A fault and its times.
 *
 * @param ended when it was taken back
 * @param recovered when every node worked with every other one again
 */
record Span(Fault fault, long began, long ended, long recovered) {
    /** Whether it may show in this time. */
    boolean touches(long from, long to) {
        return began <= to && from <= recovered;
    }
}
