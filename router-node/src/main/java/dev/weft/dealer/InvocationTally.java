package dev.weft.dealer;

/** What the callees' half of the dealer of one realm on one event loop counts. */
public enum InvocationTally {
    /** INVOCATION to a callee of this event loop. */
    INVOKED,
    /** Invocations that ended, by an answer or otherwise. */
    ENDED,
    /** Calls that had to wait because their callee had as many as it takes. */
    QUEUED,
    /** Calls that a callee did not get because as many as may wait for it did ({@code limits.max-queued-calls}). */
    QUEUE_FULL,
    /** Calls that a callee gave back because it is unavailable ("Call Re-Routing"). */
    GIVEN_BACK,
    /** REGISTER of a session that has, or whose realm has on this node, as many registrations as it may. */
    REFUSED_AT_LIMIT
}
