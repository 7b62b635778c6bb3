package dev.weft.dealer;

import dev.weft.wamp.WampError;

/** How a call ended. */
public enum CallOutcome {
    RESULT,
    /** ERROR of the callee, or because it left. */
    ERROR,
    CANCELED,
    TIMEOUT,
    NO_SUCH_PROCEDURE,
    /** The callee's node is gone, or the link to it. */
    NODE_GONE,
    /** The result was longer than the caller's transport takes. */
    TOO_LARGE,
    /** Nobody waits for the answer any more. */
    CALLER_LEFT,
    /** Any other end that the router made. */
    REFUSED;

    static CallOutcome of(WampError error) {
        return switch (error) {
            case CANCELED -> CANCELED;
            case TIMEOUT -> TIMEOUT;
            case NO_SUCH_PROCEDURE -> NO_SUCH_PROCEDURE;
            case NETWORK_FAILURE -> NODE_GONE;
            case PAYLOAD_SIZE_EXCEEDED -> TOO_LARGE;
            default -> REFUSED;
        };
    }
}
