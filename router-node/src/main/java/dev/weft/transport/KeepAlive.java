package dev.weft.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a peer is gone without having said so, and that a connection is not used. A connection that is heard of is
 * not pinged. One timer per connection, which looks when it fires what has happened meanwhile. Belongs to the event loop
 * of the connection.
 */
final class KeepAlive implements Runnable {
    /** What a timer finds out. */
    interface Peer {
        /**
         * Asks for a sign of life.
         *
         * @return false if the peer cannot be asked
         */
        boolean ping();

        void dead(CloseReason reason);
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final EventLoop loop;
    private final Peer peer;
    private final long pingInterval;
    private final long pingTimeout;
    private final long idleTimeout;
    private long heard;
    private long used;
    private long pinged;
    private boolean awaitingPong;
    private @Nullable Future<?> timer;

    KeepAlive(EventLoop loop, ConnectionLimits limits, Peer peer) {
        this.loop = loop;
        this.peer = peer;
        this.pingInterval = orNever(limits.pingInterval().toNanos());
        this.pingTimeout = limits.pingTimeout().toNanos();
        this.idleTimeout = orNever(limits.idleTimeout().toNanos());
    }

    void start() {
        heard = System.nanoTime();
        used = heard;
        schedule(heard);
    }

    /** Something was read. */
    void heard() {
        heard = System.nanoTime();
        awaitingPong = false;
    }

    /** A message went either way. */
    void used() {
        if (idleTimeout != NEVER) {
            used = System.nanoTime();
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void run() {
        timer = null;
        long now = System.nanoTime();
        if (awaitingPong && now - pinged >= pingTimeout) {
            peer.dead(CloseReason.KEEPALIVE_TIMEOUT);
            return;
        }
        if (now - used >= idleTimeout) {
            peer.dead(CloseReason.IDLE_TIMEOUT);
            return;
        }
        if (!awaitingPong && now - heard >= pingInterval) {
            awaitingPong = peer.ping();
            pinged = now;
            heard = now;
        }
        schedule(now);
    }

    private void schedule(long now) {
        long silence = awaitingPong ? pingTimeout - (now - pinged) : left(pingInterval, now - heard);
        long delay = Math.min(silence, left(idleTimeout, now - used));
        if (delay != NEVER) {
            timer = loop.schedule(this, delay, TimeUnit.NANOSECONDS);
        }
    }

    private static long left(long limit, long passed) {
        return limit == NEVER ? NEVER : limit - passed;
    }

    private static long orNever(long nanos) {
        return nanos == 0 ? NEVER : nanos;
    }
}
