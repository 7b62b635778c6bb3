package dev.weft.session;

import java.time.Duration;

/**
 * How the clients of a node that stops are closed.
 *
 * @param timeout how long a client may take to answer the calls that it has
 * @param spread the time over which clients are closed, in random order; 0 for at once
 * @param goodbye whether GOODBYE is said, and its answer waited for
 */
public record DrainPlan(Duration timeout, Duration spread, boolean goodbye) {
    private static final Duration SHORTEST_SPREAD = Duration.ofSeconds(2);
    private static final int PER_SECOND = 200;

    /** How long to take for {@code clients}, so that other nodes can take them in, if nothing was configured. */
    public static Duration spreadOf(int clients) {
        if (clients == 0) {
            return Duration.ZERO;
        }
        Duration paced = Duration.ofMillis(clients * 1000L / PER_SECOND);
        return paced.compareTo(SHORTEST_SPREAD) > 0 ? paced : SHORTEST_SPREAD;
    }
}
