package dev.weft.load.chaos.check;

/**
 * A session.
 *
 * @param closed {@link #NEVER} if it was open at the end
 * @param id the one that the router gave
 */
record Life(int session, int node, long id, long opened, long closed) {
    static final long NEVER = Long.MAX_VALUE;

    Life until(long end) {
        return new Life(session, node, id, opened, Math.min(closed, end));
    }
}
