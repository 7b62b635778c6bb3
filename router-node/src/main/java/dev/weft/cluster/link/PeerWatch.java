package dev.weft.cluster.link;

/**
 * Decides whether a peer is dead, and whether this node was itself. Times are of {@link System#nanoTime}. Only while this
 * node runs does it know that a peer is silent: what its own heartbeat is late is not the peer's silence.
 */
final class PeerWatch {
    private final long interval;
    private final long silence;
    private long heard;
    private long beaten;

    /**
     * @param spoke when this node last sent something on the connection: the peer may have begun to wait then, before this
     *     node knew that the link is up
     */
    PeerWatch(LinkTimes times, long now, long spoke) {
        interval = times.heartbeat().toNanos();
        silence = times.silence().toNanos();
        heard = now;
        beaten = spoke;
    }

    /** Something was received from the peer. */
    void heard(long now) {
        heard = now;
    }

    /** Whether this node has not beaten for longer than its peers wait: they have given it up. */
    boolean isFrozen(long now) {
        return now - beaten > silence;
    }

    /** Called each heartbeat, unless this node was frozen. */
    boolean isDead(long now) {
        long late = now - beaten - interval;
        beaten = now;
        if (late > interval) {
            heard = Math.min(now, heard + late);
        }
        return now - heard > silence;
    }
}
