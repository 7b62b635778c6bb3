package dev.weft.cluster.link;

import java.time.Duration;

/**
 * Decides whether a peer is dead. Times are of {@link System#nanoTime}. A node that was frozen itself has not heard its
 * peers either, though they spoke: it gives them one more chance before it believes its own clock.
 */
final class PeerWatch {
    private static final long FROZEN = Duration.ofSeconds(2).toNanos();

    private final long interval;
    private final long silence;
    private long heard;
    private long looked;
    private boolean pardoned;

    PeerWatch(LinkTimes times, long now) {
        interval = times.heartbeat().toNanos();
        silence = times.silence().toNanos();
        heard = now;
        looked = now;
    }

    /** Something was received from the peer. */
    void heard(long now) {
        heard = now;
        pardoned = false;
    }

    /** Called each heartbeat. */
    boolean isDead(long now) {
        boolean wasFrozen = now - looked - interval > FROZEN;
        looked = now;
        if (now - heard <= silence) {
            return false;
        }
        if (wasFrozen && !pardoned) {
            pardoned = true;
            heard = now;
            return false;
        }
        return true;
    }
}
