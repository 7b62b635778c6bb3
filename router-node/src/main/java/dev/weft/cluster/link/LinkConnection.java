package dev.weft.cluster.link;

import dev.weft.lane.Lane;
import dev.weft.lane.ReadPause;
import dev.weft.link.HandshakeCodec;
import dev.weft.link.LinkReject;
import dev.weft.link.LinkViolation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection that carries a link, after its handshake, until it is detached. Beats for the link, and never handles
 * what a node that slept too long has found in its socket. On its event loop, except where said.
 */
final class LinkConnection implements FrameSplitter.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(LinkConnection.class);

    private final ChannelHandlerContext context;
    private final Channel channel;
    private final PeerLink link;
    private final LinkOptions options;
    private final LongSupplier clock;
    private final PeerWatch watch;
    private final ReadPause pause;
    private final Future<?> heartbeat;
    private boolean detached;
    private boolean hasHadFrame;

    /**
     * From now on the connection gets the frames of {@code splitter}.
     *
     * @param spoke when this node sent its last word of the handshake, by the clock of the environment
     */
    LinkConnection(
            ChannelHandlerContext context,
            FrameSplitter splitter,
            PeerLink link,
            LinkEnvironment environment,
            long spoke) {
        this.context = context;
        this.channel = context.channel();
        this.link = link;
        this.options = environment.options();
        this.clock = environment.clock();
        this.watch = new PeerWatch(options.times(), clock.getAsLong(), spoke);
        this.pause = new ReadPause(channel, () -> watch.heard(clock.getAsLong()));
        long interval = options.times().heartbeat().toNanos();
        heartbeat = channel.eventLoop().scheduleWithFixedDelay(this::beat, interval, interval, TimeUnit.NANOSECONDS);
        splitter.handOver(this);
    }

    /** Any thread. */
    Channel channel() {
        return channel;
    }

    /** Any thread. */
    boolean isWritable() {
        return channel.isWritable();
    }

    /** Bytes that wait in the socket's buffer. Any thread. */
    long pendingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** Whether this node was not running for longer than its peers wait, so that nothing must be sent any more. */
    boolean isFrozen() {
        return watch.isFrozen(clock.getAsLong());
    }

    ByteBuf buffer(int bytes) {
        return context.alloc().ioBuffer(bytes);
    }

    void write(ByteBuf frames) {
        link.sent(frames.readableBytes());
        context.write(frames, channel.voidPromise());
    }

    void flush() {
        context.flush();
    }

    /** Reads nothing more until {@code lane} has room. */
    void waitFor(Lane lane) {
        pause.until(lane);
    }

    /** Ends it at once. Nothing that still comes over it is handled. */
    void close() {
        detach();
        context.close();
    }

    /** Ends it after what was written, the last of which tells the peer to close. */
    void closeAfterFarewell() {
        detach();
        context.flush();
        // The peer closes. Were it this side, what the peer has sent meanwhile would reset the connection under the
        // goodbye.
        long patience = options.times().farewell().toNanos();
        channel.eventLoop().schedule(() -> context.close(), patience, TimeUnit.NANOSECONDS);
    }

    private void detach() {
        detached = true;
        heartbeat.cancel(false);
    }

    private void beat() {
        long now = clock.getAsLong();
        if (detached) {
            return;
        }
        if (watch.isFrozen(now)) {
            link.goDown(LinkDownReason.FROZEN);
        } else if (watch.isDead(now)) {
            link.goDown(LinkDownReason.SILENT);
        } else {
            link.beat(now);
        }
    }

    @Override
    public int maxFrameBytes() {
        return options.limits().frameBytes();
    }

    @Override
    public void reading() {
        if (!detached && isFrozen()) {
            link.goDown(LinkDownReason.FROZEN);
        }
    }

    @Override
    public void frame(ByteBuf in, int length) throws LinkViolation {
        if (detached) {
            return;
        }
        boolean first = !hasHadFrame;
        hasHadFrame = true;
        // The peer gave the handshake up while this side's last word was on its way to it.
        if (first && HandshakeCodec.isReject(in) && HandshakeCodec.decode(in, length) instanceof LinkReject reject) {
            LOG.info("{} did not take the connection at {}: {}", link.peer(), channel.remoteAddress(), reject.reason());
            disconnected();
            return;
        }
        link.received(in, length);
    }

    @Override
    public void readComplete() {
        if (!detached) {
            watch.heard(clock.getAsLong());
            link.readComplete();
        }
    }

    @Override
    public void writabilityChanged() {
        if (!detached && channel.isWritable()) {
            link.writable();
        }
    }

    @Override
    public void violated(LinkViolation violation) {
        if (!detached) {
            link.violated(violation);
        }
    }

    @Override
    public void disconnected() {
        if (detached) {
            return;
        }
        if (isFrozen()) {
            link.goDown(LinkDownReason.FROZEN);
        } else {
            link.connectionLost();
        }
    }
}
