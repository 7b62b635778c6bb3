package dev.weft.dealer;

/** What the callers' half of the dealer of one realm on one event loop counts, beside the outcomes of calls. */
public enum DealerTally {
    /** Calls taken, each of which ends with one {@link CallOutcome}. */
    CALLED,
    /** Calls that went to another callee because the one chosen was gone. */
    REROUTED
}
