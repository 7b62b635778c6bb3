package dev.weft.cluster.link;

import dev.weft.lane.Lane;
import dev.weft.lane.ReadPause;
import dev.weft.link.LinkAck;
import dev.weft.link.LinkControl;
import dev.weft.link.LinkDecoder;
import dev.weft.link.LinkEncoder;
import dev.weft.link.LinkFrame;
import dev.weft.link.LinkGoodbye;
import dev.weft.link.LinkHandshake;
import dev.weft.link.LinkPing;
import dev.weft.link.LinkPong;
import dev.weft.link.LinkViolation;
import dev.weft.link.NodeId;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to another node while it is up: one TCP connection after its handshake. A link that went down stays down; the
 * next connection to the same node is another link. What {@link #send} and {@link #tell} take shares one sequence.
 * Thread-safe; everything that comes in is handled on the link's event loop.
 */
public final class PeerLink implements Lane {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    /** Whoever feeds the link has to wait when this share of what may wait does. */
    private static final int SOFT_SHARE = 4;

    private final ChannelHandlerContext context;
    private final Channel channel;
    private final NodeId peer;
    private final LinkOptions options;
    private final LinkListener listener;
    private final LinkCounters counters;
    private final LinkSlots slots;
    private final LinkSlots.Slot slot;
    private final LinkOutbox outbox;
    private final LinkDecoder decoder;
    private final PeerWatch watch;
    private final ReadPause pause;
    private final AtomicBoolean full = new AtomicBoolean();
    private @Nullable Future<?> heartbeat;
    private volatile @Nullable LinkDownReason down;
    private volatile long received;
    private volatile long roundTripNanos;
    private volatile boolean draining;

    /** @param version of the protocol, agreed on in the handshake */
    PeerLink(ChannelHandlerContext context, LinkSlots.Slot slot, int version, LinkEnvironment environment) {
        this.context = context;
        this.channel = context.channel();
        this.peer = slot.peer();
        this.slot = slot;
        this.options = environment.options();
        this.listener = environment.listener();
        this.counters = environment.counters();
        this.slots = environment.slots();
        this.decoder = new LinkDecoder(version);
        this.outbox = new LinkOutbox(
                context, new LinkEncoder(version), counters, options.limits().frameBytes(), this::failed);
        this.watch = new PeerWatch(options.times(), System.nanoTime());
        this.pause = new ReadPause(channel, () -> watch.heard(System.nanoTime()));
    }

    /** Called once, on the event loop, when the handshake is done; from then on the link gets the frames. */
    void start(FrameSplitter splitter) {
        splitter.handOver(new Inbound());
        slot.occupy(this);
        counters.up();
        long interval = options.times().heartbeat().toNanos();
        heartbeat = eventLoop().scheduleWithFixedDelay(this::beat, interval, interval, TimeUnit.NANOSECONDS);
        LOG.info("link to {} at {} is up", peer, channel.remoteAddress());
        try {
            listener.linkUp(this);
        } catch (RuntimeException bug) {
            failed(bug);
        }
    }

    /** The node at the other end. */
    public NodeId peer() {
        return peer;
    }

    @Override
    public String name() {
        return peer.toString();
    }

    /** Whether the link has not gone down yet. */
    public boolean isUp() {
        return down == null;
    }

    /** The connection, for tests that break it. */
    Channel channel() {
        return channel;
    }

    /** The event loop on which the listener is called. */
    public EventLoop eventLoop() {
        return channel.eventLoop();
    }

    /** {@inheritDoc} Over a link, answers come from the peer's node itself: {@code from} does not travel. */
    @Override
    public void send(RoutedMessage message, Lane from) {
        if (down != null || full.get()) {
            counters.messageDiscarded();
            return;
        }
        outbox.offer(message.keep());
        checkBound();
    }

    /**
     * Sends a change of what this node holds.
     *
     * @param acknowledged run once on the link's event loop, when the change is in force at the peer or when the link
     *     is down, so that the peer gets and answers nothing over it any more
     */
    public void tell(TableChange change, @Nullable Runnable acknowledged) {
        outbox.offer(change, acknowledged);
        checkBound();
    }

    @Override
    public boolean isCongested() {
        return outbox.queuedBytes() > options.limits().queuedBytes() / SOFT_SHARE;
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    /** What the peer said of itself last: whether it is about to leave. Any thread. */
    public void draining(boolean said) {
        draining = said;
    }

    /** Reads nothing more from the peer until {@code lane}, which is congested by it, has room. On the event loop. */
    public void waitFor(Lane lane) {
        if (down == null) {
            pause.until(lane);
        }
    }

    /** Ends the link, for the first reason given. Any thread; returns at once. */
    public void close(LinkDownReason reason) {
        if (eventLoop().inEventLoop()) {
            goDown(reason);
            return;
        }
        try {
            eventLoop().execute(() -> goDown(reason));
        } catch (RejectedExecutionException loopIsGone) {
            LOG.debug("link to {} went with its event loop", peer);
        }
    }

    public LinkStatus status() {
        long sent = outbox.sent();
        long unacknowledged = Math.max(0, sent - outbox.acknowledged());
        return new LinkStatus(peer, LinkState.UP, outbox.queuedBytes(), sent, received, unacknowledged, roundTripNanos);
    }

    /** Completes when the socket is closed, after the link is down. Any thread. */
    CompletableFuture<Void> disconnection() {
        CompletableFuture<Void> disconnection = new CompletableFuture<>();
        channel.closeFuture().addListener(closed -> disconnection.complete(null));
        return disconnection;
    }

    private void checkBound() {
        if (outbox.queuedBytes() > options.limits().queuedBytes() && full.compareAndSet(false, true)) {
            close(LinkDownReason.OVERFLOW);
        }
    }

    private void beat() {
        if (down != null) {
            return;
        }
        long now = System.nanoTime();
        if (watch.isDead(now)) {
            goDown(LinkDownReason.SILENT);
            return;
        }
        outbox.acknowledgeIfDue(true);
        outbox.sendNow(new LinkPing(now));
    }

    private void failed(RuntimeException bug) {
        counters.failed();
        LOG.error("the link to {} ends because of a fault of this node", peer, bug);
        goDown(LinkDownReason.FAILURE);
    }

    private void goDown(LinkDownReason reason) {
        if (down != null) {
            return;
        }
        down = reason;
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
        LOG.info("link to {} is down: {}", peer, reason);
        counters.down(reason);
        disconnect(reason);
        outbox.end();
        try {
            listener.linkDown(this, reason);
        } catch (RuntimeException bug) {
            counters.failed();
            LOG.error("the end of the link to {} was not handled", peer, bug);
        }
        slots.release(slot);
    }

    private void disconnect(LinkDownReason reason) {
        if (reason.farewell() == null || !channel.isActive()) {
            context.close();
            return;
        }
        try {
            outbox.endWith(new LinkGoodbye(reason.farewell()), reason == LinkDownReason.LEAVING);
        } catch (RuntimeException bug) {
            LOG.debug("no goodbye to {}", peer, bug);
        }
        context.flush();
        // The peer closes. Were it this side, what the peer has sent meanwhile would reset the connection under the
        // goodbye.
        long patience = options.times().farewell().toNanos();
        eventLoop().schedule(() -> context.close(), patience, TimeUnit.NANOSECONDS);
    }

    /** What comes over the connection. */
    private final class Inbound implements FrameSplitter.Receiver {
        @Override
        public int maxFrameBytes() {
            return options.limits().frameBytes();
        }

        @Override
        public void frame(ByteBuf in, int length) throws LinkViolation {
            if (down != null) {
                return;
            }
            LinkFrame frame = decoder.decode(in, length);
            try {
                if (frame instanceof RoutedMessage message) {
                    listener.routed(PeerLink.this, message);
                    outbox.peerFrameHandled(false);
                } else if (frame instanceof TableChange change) {
                    listener.changed(PeerLink.this, change);
                    outbox.peerFrameHandled(true);
                } else if (frame instanceof LinkControl control) {
                    control(control);
                } else {
                    throw new LinkViolation(
                            ((LinkHandshake) frame).getClass().getSimpleName() + " after the handshake");
                }
            } catch (RuntimeException bug) {
                failed(bug);
            }
        }

        private void control(LinkControl control) throws LinkViolation {
            if (control instanceof LinkAck ack) {
                outbox.acknowledgedByPeer(ack.handled());
            } else if (control instanceof LinkPing ping) {
                outbox.sendNow(new LinkPong(ping.token()));
            } else if (control instanceof LinkPong pong) {
                roundTripNanos = System.nanoTime() - pong.token();
            } else if (control instanceof LinkGoodbye goodbye) {
                LOG.info("{} ended the link: {}", peer, goodbye.reason());
                goDown(LinkDownReason.PEER_LEFT);
            }
        }

        @Override
        public void readComplete() {
            if (down == null) {
                watch.heard(System.nanoTime());
                received = outbox.handled();
                outbox.acknowledgeIfDue(false);
            }
        }

        @Override
        public void writabilityChanged() {
            if (down == null && channel.isWritable()) {
                outbox.drain();
            }
        }

        @Override
        public void violated(LinkViolation violation) {
            LOG.warn("{} broke the link protocol: {}", peer, violation.getMessage());
            goDown(LinkDownReason.VIOLATION);
        }

        @Override
        public void disconnected() {
            goDown(LinkDownReason.CONNECTION_LOST);
        }
    }

    @Override
    public String toString() {
        return "PeerLink[" + peer + "]";
    }
}
