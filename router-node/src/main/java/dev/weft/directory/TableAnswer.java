package dev.weft.directory;

import dev.weft.wamp.WampError;

/** What the cluster's tables answered to a session that wanted to subscribe or register. */
public sealed interface TableAnswer {
    /** Every live node knows; {@code id} is the subscription's or the registration's. */
    record Granted(long id) implements TableAnswer {}

    /** Nothing changed. */
    record Refused(WampError error, String message) implements TableAnswer {}

    /**
     * What was granted is held no more: after a split it turned out that an older one excludes it. May follow
     * {@link Granted} at any time, once; nothing has to be given back then.
     */
    record Revoked(long id, String reason) implements TableAnswer {}
}
