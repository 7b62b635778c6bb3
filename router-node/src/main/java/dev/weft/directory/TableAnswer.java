package dev.weft.directory;

import dev.weft.wamp.WampError;

/** What the cluster's tables answered to a session that wanted to subscribe or register. */
public sealed interface TableAnswer {
    /** Every live node knows; {@code id} is the subscription's or the registration's. */
    record Granted(long id) implements TableAnswer {}

    /** Nothing changed. */
    record Refused(WampError error, String message) implements TableAnswer {}
}
