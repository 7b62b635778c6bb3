package dev.weft.lane;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stops reading from a socket while something that is fed from it is congested, and looks often whether it still is: that
 * tells nobody. Belongs to the event loop of the socket.
 */
public final class ReadPause implements Runnable {
    private static final long LOOK_MILLIS = 2;

    private final Channel channel;
    private final Runnable stillPaused;
    private @Nullable Congestible awaited;
    private long since;

    /** @param stillPaused run at each look, because a peer that is not read from cannot be heard of */
    public ReadPause(Channel channel, Runnable stillPaused) {
        this.channel = channel;
        this.stillPaused = stillPaused;
    }

    /**
     * Nothing is read until {@code congested} is not any more; no effect if another one is waited for already.
     *
     * @return whether that begins now
     */
    public boolean until(Congestible congested) {
        boolean begins = awaited == null;
        if (begins) {
            awaited = congested;
            since = System.nanoTime();
            channel.config().setAutoRead(false);
            lookLater();
        }
        return begins;
    }

    /** Nanoseconds since when nothing is read; 0 if something is. */
    public long lasts() {
        return awaited == null ? 0 : System.nanoTime() - since;
    }

    @Override
    public void run() {
        stillPaused.run();
        if (awaited != null && awaited.isCongested() && channel.isActive()) {
            lookLater();
            return;
        }
        awaited = null;
        channel.config().setAutoRead(true);
    }

    private void lookLater() {
        channel.eventLoop().schedule(this, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
}
