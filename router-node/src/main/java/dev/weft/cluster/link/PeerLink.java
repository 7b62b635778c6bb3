package dev.weft.cluster.link;

import dev.weft.lane.Lane;
import dev.weft.link.GoodbyeReason;
import dev.weft.link.LinkDecoder;
import dev.weft.link.LinkEncoder;
import dev.weft.link.LinkGoodbye;
import dev.weft.link.LinkPing;
import dev.weft.link.LinkViolation;
import dev.weft.link.NodeId;
import dev.weft.link.NodeState;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;
import dev.weft.observability.Distribution;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to another node. It is up while it has a connection; when that is lost it is suspended, and up again when the
 * next one comes in time: what was sent meanwhile has waited, and nothing is lost or doubled. A link that went down stays
 * down; the next connection to the same node is another link. What {@link #send} and {@link #tell} take shares one
 * sequence. Thread-safe; everything that comes in is handled on the link's event loop, which changes with the connection.
 */
public final class PeerLink implements Lane {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
    private static final int FIRST_VERSION_TO_RESUME = 2;
    private static final NodeState UNHEARD = new NodeState(false, 0);

    private final byte[] id;
    private final NodeId peer;
    private final LinkEnvironment environment;
    private final LinkOptions options;
    private final LinkListener listener;
    private final LinkCounters counters;
    private final LinkSlots.Slot slot;
    private final LinkHome home;
    private final LinkInbox inbox;
    private final LinkOutbox outbox;
    private final Resumption resumption;
    private final boolean resumable;
    private final AtomicBoolean full = new AtomicBoolean();
    private final LinkMeter meter = new LinkMeter();
    private final CompletableFuture<Void> disconnection = new CompletableFuture<>();
    private volatile LinkConnection connection;
    private volatile boolean suspended;
    private volatile @Nullable LinkDownReason down;
    private volatile NodeState said = UNHEARD;

    /**
     * A link that comes of a connection, on the event loop of the connection.
     *
     * @param id names the link; both sides know it
     * @param splitter of the connection; from now on the link gets the frames
     * @param version of the protocol, agreed on in the handshake
     * @param spoke when this node sent its last word of the handshake
     */
    PeerLink(
            byte[] id,
            ChannelHandlerContext context,
            FrameSplitter splitter,
            LinkSlots.Slot slot,
            int version,
            LinkEnvironment environment,
            long spoke) {
        this.id = id;
        this.peer = slot.peer();
        this.slot = slot;
        this.environment = environment;
        this.options = environment.options();
        this.listener = environment.listener();
        this.counters = environment.counters();
        this.resumable = version >= FIRST_VERSION_TO_RESUME
                && options.times().resumeGrace().toNanos() > 0;
        this.home = new LinkHome(peer, context.channel().eventLoop());
        ReplayWindow window = new ReplayWindow(resumable ? options.limits().replayBytes() : 0);
        this.outbox = new LinkOutbox(this, home, new LinkEncoder(version), window, environment);
        FrameDispatcher dispatcher = new FrameDispatcher(this, outbox, meter, environment);
        this.inbox = new LinkInbox(new LinkDecoder(version), dispatcher);
        this.resumption = new Resumption(home, inbox, environment, this::goDownIfSuspended);
        this.connection = new LinkConnection(context, splitter, this, environment, spoke);
    }

    /** Called once, on the event loop, before anything else. */
    void start() {
        outbox.connect(connection);
        slot.occupy(this);
        counters.up();
        LOG.info("link to {} at {} is up", peer, channel().remoteAddress());
        environment.nodes().linked(peer);
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

    public int version() {
        return outbox.version();
    }

    /** Whether the link has not gone down yet; it may be suspended. */
    public boolean isUp() {
        return down == null;
    }

    boolean isSuspended() {
        return suspended && down == null;
    }

    /** The connection that it has or had last, for tests that break it. */
    Channel channel() {
        return connection.channel();
    }

    LinkInbox inbox() {
        return inbox;
    }

    /** What the next connection has to name to go on with this link, or null if it cannot be. Any thread. */
    byte @Nullable [] resumptionId() {
        return resumable && down == null ? id : null;
    }

    boolean isNamed(byte[] name) {
        return Arrays.equals(id, name);
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
        return options.limits().isCongested(outbox.queuedBytes(), outbox.replayBytes());
    }

    @Override
    public boolean isDraining() {
        return said.draining();
    }

    /** What the peer said of itself last. Any thread. */
    public NodeState said() {
        return said;
    }

    /** The peer said something of itself. */
    public void said(NodeState state) {
        said = state;
    }

    /** Runs {@code task} on the event loop on which what comes over the link is handled. Any thread. */
    public void run(Runnable task) {
        home.run(task);
    }

    /** Reads nothing more from the peer until {@code lane}, which is congested by it, has room. On the event loop. */
    public void waitFor(Lane lane) {
        if (down == null && !suspended) {
            connection.waitFor(lane);
        }
    }

    /** Ends the link, for the first reason given. Any thread; returns at once. */
    public void close(LinkDownReason reason) {
        home.run(() -> goDown(reason));
    }

    public LinkStatus status() {
        return meter.read(peer, suspended ? LinkState.SUSPENDED : LinkState.UP, outbox, inbox);
    }

    /** Nanoseconds from each ping to its answer. Any thread. */
    Distribution roundTrips() {
        return meter.roundTrips();
    }

    /** Completes when the link is down and its socket closed. Any thread. */
    CompletableFuture<Void> disconnection() {
        return disconnection;
    }

    private void checkBound() {
        if (outbox.queuedBytes() > options.limits().queuedBytes() && full.compareAndSet(false, true)) {
            home.runLater(() -> goDown(LinkDownReason.OVERFLOW));
        }
    }

    /** The node is no member of the cluster any more: without a connection the link is not waited for. Any thread. */
    void suspected() {
        home.run(this::goDownIfSuspended);
    }

    private void goDownIfSuspended() {
        if (suspended) {
            goDown(LinkDownReason.CONNECTION_LOST);
        }
    }

    /** The connection is gone. On the event loop, as all that follows. */
    void connectionLost() {
        if (resumable && !environment.nodes().isSuspect(peer)) {
            suspend();
        } else {
            goDown(LinkDownReason.CONNECTION_LOST);
        }
    }

    private void suspend() {
        LOG.info("link to {} lost its connection", peer);
        connection.close();
        outbox.disconnected();
        suspended = true;
        resumption.begin();
        if (environment.nodes().isSuspect(peer)) {
            goDown(LinkDownReason.CONNECTION_LOST);
        }
    }

    /**
     * A connection wants to go on with this link. One that the link still has is given up: the peer has seen it go. Any
     * thread; the answer comes on the connection's event loop.
     */
    void resume(Successor next) {
        home.run(() -> prepare(next));
    }

    private void prepare(Successor next) {
        if (down == null && !suspended) {
            connection.disconnected();
        }
        if (down != null) {
            next.loop().execute(next::refused);
            return;
        }
        resumption.grant(next);
    }

    /**
     * Goes on over the connection of {@code next}, which was granted that.
     *
     * @param handled numbered frames that the peer has handled
     * @param spoke when this node sent its last word of the handshake
     * @return whether it does: the link may have ended meanwhile
     */
    boolean goOn(Successor next, ChannelHandlerContext context, FrameSplitter splitter, long handled, long spoke) {
        if (!resumption.isGrantedTo(next)) {
            return false;
        }
        if (!resumption.complete()) {
            goDown(LinkDownReason.CONNECTION_LOST);
            return false;
        }
        inbox.acknowledge();
        connection = new LinkConnection(context, splitter, this, environment, spoke);
        suspended = false;
        meter.resumed();
        counters.resumed();
        try {
            listener.linkResumed(this);
            outbox.resume(connection, handled);
            LOG.info("link to {} at {} goes on", peer, channel().remoteAddress());
        } catch (LinkViolation violation) {
            violated(violation);
        } catch (RuntimeException bug) {
            failed(bug);
        }
        return true;
    }

    void beat(long now) {
        if (inbox.hasNews()) {
            outbox.acknowledge();
        }
        outbox.sendNow(new LinkPing(now));
    }

    void sent(int bytes) {
        meter.sent(bytes);
    }

    void received(ByteBuf in, int length) throws LinkViolation {
        meter.received(Integer.BYTES + length);
        try {
            inbox.frame(in, length);
        } catch (RuntimeException bug) {
            failed(bug);
        }
    }

    void readComplete() {
        inbox.readComplete();
        if (inbox.isAcknowledgementDue()) {
            outbox.acknowledge();
        }
    }

    void writable() {
        outbox.drain();
    }

    void violated(LinkViolation violation) {
        LOG.warn("{} broke the link protocol: {}", peer, violation.getMessage());
        goDown(LinkDownReason.VIOLATION);
    }

    void failed(RuntimeException bug) {
        counters.failed();
        LOG.error("the link to {} ends because of a fault of this node", peer, bug);
        goDown(LinkDownReason.FAILURE);
    }

    void goDown(LinkDownReason reason) {
        if (down != null) {
            return;
        }
        down = reason;
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
        environment.slots().release(slot);
        resumption.end();
        if (reason == LinkDownReason.PEER_LEFT) {
            environment.nodes().left(peer);
        }
    }

    private void disconnect(LinkDownReason reason) {
        LinkConnection last = connection;
        last.channel().closeFuture().addListener(closed -> disconnection.complete(null));
        GoodbyeReason farewell = reason.farewell();
        if (suspended || farewell == null || !last.channel().isActive()) {
            last.close();
            return;
        }
        try {
            outbox.endWith(new LinkGoodbye(farewell), reason == LinkDownReason.LEAVING);
        } catch (RuntimeException bug) {
            LOG.debug("no goodbye to {}", peer, bug);
        }
        last.closeAfterFarewell();
    }

    @Override
    public String toString() {
        return "PeerLink[" + peer + "]";
    }
}
