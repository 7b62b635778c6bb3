package dev.weft.load.chaos.check;

/**
 * A session that holds a registration.
 *
 * @param asked when REGISTER was sent
 * @param from when REGISTERED was received
 * @param to when it asked to give it up, or lost it
 * @param revoked whether the router took it away
 */
record Holder(Life session, String procedure, boolean single, long asked, long from, long to, boolean revoked) {
    int node() {
        return session.node();
    }

    boolean overlaps(long begin, long end) {
        return asked <= end && begin < to;
    }

    boolean covers(long begin, long end) {
        return from < begin && end < to;
    }
}
