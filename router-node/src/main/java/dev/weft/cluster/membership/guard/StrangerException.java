package dev.weft.cluster.membership.guard;

import java.io.IOException;

/** The other end of a connection has not proved that it belongs to the cluster. */
final class StrangerException extends IOException {
    private static final long serialVersionUID = 1L;

    StrangerException(String why) {
        super(why);
    }
}
