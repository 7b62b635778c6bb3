package dev.weft.dealer;

/** What the callees' half of the dealer of one realm on one event loop counts. */
public enum InvocationTally {
    /** INVOCATION to a callee of this event loop. */
    INVOKED,
    /** Invocations that ended, by an answer or otherwise. */
    ENDED
}
