package dev.weft.dealer;

import org.jspecify.annotations.Nullable;

/** Where the callee of a call was. */
public enum CallScope {
    /** On the node of the caller. */
    LOCAL,
    /** On another node. */
    REMOTE,
    /** Nowhere: the call ended before it went to one. */
    NONE;

    /** @param callee the one that the call was sent to last; null if there was none */
    static CallScope of(@Nullable CalleeEntry callee) {
        if (callee == null) {
            return NONE;
        }
        return callee.lane().isOnThisNode() ? LOCAL : REMOTE;
    }
}
