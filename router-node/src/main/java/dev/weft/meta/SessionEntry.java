package dev.weft.meta;

import dev.weft.lane.Lane;
import dev.weft.wamp.SessionDetails;

/**
 * One session of the cluster, wherever it is.
 *
 * @param lane where it is reached
 * @param loop its event loop on its node
 */
public record SessionEntry(SessionDetails details, Lane lane, int loop) {
    public long id() {
        return details.identity().session();
    }
}
