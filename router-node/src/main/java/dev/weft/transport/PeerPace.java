package dev.weft.transport;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Pace} of a peer for which more waits than the soft mark, or did once. Netty says when that begins, and that it is
 * over when half of it is gone; meanwhile it is looked whether the peer takes anything. Belongs to the event loop of the
 * connection.
 */
final class PeerPace implements Runnable {
    /** Who takes nothing from one look to the next has stalled. */
    private static final int LOOK_MILLIS = 500;

    private final Channel channel;
    private final OutboundQueue queue;
    private final BiConsumer<Pace, Pace> changed;
    private Pace pace = Pace.KEEPS_UP;
    private long taken;
    private @Nullable Future<?> look;

    /** @param changed told the pace before, and the one from now on */
    PeerPace(Channel channel, OutboundQueue queue, BiConsumer<Pace, Pace> changed) {
        this.channel = channel;
        this.queue = queue;
        this.changed = changed;
    }

    Pace pace() {
        return pace;
    }

    /** The soft mark was passed, in one direction or the other. */
    void marked(boolean above) {
        if (!above) {
            stop();
            change(Pace.KEEPS_UP);
        } else if (pace == Pace.KEEPS_UP) {
            taken = queue.taken();
            change(Pace.BEHIND);
            lookLater();
        }
    }

    /** Nothing is looked at any more. */
    void stop() {
        if (look != null) {
            look.cancel(false);
            look = null;
        }
    }

    @Override
    public void run() {
        look = null;
        if (channel.isActive()) {
            change(isMoving() ? Pace.BEHIND : Pace.STALLED);
            lookLater();
        }
    }

    /**
     * The operating system takes more in large steps only. So it is asked itself when it has sent something last: that is
     * whenever the peer has made room.
     */
    private boolean isMoving() {
        long now = queue.taken();
        boolean moved = now != taken;
        taken = now;
        return moved
                || (channel instanceof EpollSocketChannel tcp && tcp.tcpInfo().lastDataSent() < LOOK_MILLIS);
    }

    private void lookLater() {
        look = channel.eventLoop().schedule(this, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void change(Pace now) {
        Pace before = pace;
        if (now != before) {
            pace = now;
            changed.accept(before, now);
        }
    }
}
