package dev.weft.cluster.table;

import java.time.Duration;

/**
 * How patient the tables are, and when they refuse.
 *
 * @param acknowledgement how long a peer may take to acknowledge a change before its link is ended
 * @param minimumSize with fewer live nodes than this, registrations are refused
 */
public record TableSettings(Duration acknowledgement, int minimumSize) {
    public static final TableSettings DEFAULT = new TableSettings(Duration.ofSeconds(2), 1);
}
