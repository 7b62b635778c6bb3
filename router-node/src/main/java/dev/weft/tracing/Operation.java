package dev.weft.tracing;

/** What a span tells of. */
public enum Operation {
    /** From CALL to RESULT or ERROR, at the node of the caller. */
    CALL,
    /** From the arrival of a call at the node of its callee to YIELD or ERROR. */
    INVOCATION,
    /** From PUBLISH until the event is on its way to every lane with an interest, at the node of the publisher. */
    PUBLISH,
    /** The event given to the subscribers of one event loop, at whichever node. */
    EVENT;

    /** Whether it comes from a client, so that a trace may begin with it. */
    public boolean beginsTraces() {
        return this == CALL || this == PUBLISH;
    }

    /** Whether it is about a procedure, and not about a topic. */
    public boolean isOfProcedure() {
        return this == CALL || this == INVOCATION;
    }
}
