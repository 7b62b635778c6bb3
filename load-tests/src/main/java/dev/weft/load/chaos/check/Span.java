package dev.weft.load.chaos.check;

import dev.weft.load.chaos.fault.Fault;

/**
 * A fault and its times.
 *
 * @param ended when it was taken back
 * @param recovered when every node worked with every other one again
 */
record Span(Fault fault, long began, long ended, long recovered) {
    /** Whether it can only be noticed by silence; a killed process closes its connections. */
    boolean isSilent() {
        return switch (fault.kind()) {
            case KILL, RESTART_STORM, ROLLING_RESTART, CLOCK_JUMP -> false;
            default -> true;
        };
    }

    /** Whether it may show in this time. */
    boolean touches(long from, long to) {
        return began <= to && from <= recovered;
    }
}
