package dev.weft.dealer;

/** What the callers' half of the dealer of one realm on one event loop counts, beside the outcomes of calls. */
public enum DealerTally {
    /** Calls taken, each of which ends with one {@link CallOutcome}. */
    CALLED,
    /** Calls that went to another callee because the one chosen was gone. */
    REROUTED,
    /** Calls that went to a callee of this node; once for each callee. */
    ROUTED_LOCAL,
    /** Likewise, to one of another node. */
    ROUTED_REMOTE
}
