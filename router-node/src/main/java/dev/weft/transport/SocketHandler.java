package dev.weft.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket, from its first octet to its end. Sits in the pipeline in place of the handler of Vert.x, after that of TLS.
 * Belongs to its event loop.
 */
final class SocketHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(SocketHandler.class);

    /** How long a peer may take to read what is sent to it last. */
    private static final long FLUSH_SECONDS = 10;

    /** How long a peer may take to close when all is said. */
    private static final long LINGER_SECONDS = 2;

    /**
     * Bytes that the operating system takes for one connection before they can be sent: without a bound it is megabytes for
     * each peer that does not read, in memory that nobody counts.
     */
    private static final long MOST_IN_KERNEL = 256 << 10;

    /**
     * Probes without an answer after which the operating system gives a connection up. Many, because it sends those of thousands
     * of connections in one moment, however they are spread over seconds, and drops what its queues do not hold.
     */
    private static final int PROBES = 10;

    /** A peer is probed after up to one part in so many less than the interval. */
    private static final int SPREAD = 4;

    private final Listener listener;
    private final LoopResources loop;
    private final long id;
    private final boolean refused;
    private String peer;
    private @Nullable InetAddress client;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable OutboundQueue queue;
    private @Nullable SocketConnection connection;
    private @Nullable CloseReason reason;
    private @Nullable ConnectionKind kind;
    private long undelivered;
    private @Nullable Future<?> timer;
    private Stage stage;
    private long bytesRead;
    private @Nullable String bearer;
    private @Nullable PeerCookie cookie;
    private long bytesReadBefore;
    private final long began = System.nanoTime();

    /** @param refused whether the listener is full: the peer is told so in the language it speaks */
    SocketHandler(Listener listener, LoopResources loop, long id, String peer, boolean refused) {
        this.listener = listener;
        this.loop = loop;
        this.id = id;
        this.peer = peer;
        this.refused = refused;
        this.stage = listener.options().trust().proxyProtocol() ? new ProxyOpening(this) : new FirstOctet(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        if (context.channel() instanceof EpollSocketChannel tcp) {
            tcp.config().setTcpNotSentLowAt(MOST_IN_KERNEL);
        }
        context.channel().config().setWriteBufferWaterMark(listener.softMark());
        client = context.channel().remoteAddress() instanceof InetSocketAddress tcp ? tcp.getAddress() : null;
        queue = new OutboundQueue(
                context,
                loop.flushBatch(),
                loop.traffic().backlog(),
                listener.counters(),
                limits().maxOutboundBytes(),
                () -> abandon(CloseReason.OUTBOUND_MEMORY));
        long timeout = limits().handshakeTimeout().toNanos();
        timer = loop.loop().schedule(this::handshakeTimedOut, timeout, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        bytesRead += in.readableBytes();
        try {
            stage.read(in);
        } catch (RuntimeException bug) {
            LOG.error("connection {} ({}): what was read was not handled", id, peer, bug);
            abandon(CloseReason.INTERNAL_ERROR);
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (connection != null) {
            listener.counters().received(connection.readComplete(), bytesRead);
        } else {
            listener.counters().received(0, bytesRead);
        }
        bytesReadBefore += bytesRead;
        bytesRead = 0;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancelTimer();
        queue().close();
        CloseReason end = reason != null ? reason : closedByPeer();
        reason = end;
        stage.gone();
        if (connection != null) {
            connection.gone(end);
        }
        listener.counters().closed(end, kind, undelivered);
        remember(end);
        listener.closed(this);
        context.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (connection != null) {
            connection.marked(!context.channel().isWritable());
        }
        context.fireChannelWritabilityChanged();
    }

    /** Broken sockets and broken TLS are no news; anything else is a fault of ours. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            abandon(CloseReason.TRANSPORT_LOST);
            return;
        }
        if (reason == null) {
            LOG.error("connection {} ({}) failed", id, peer, cause);
        }
        abandon(CloseReason.INTERNAL_ERROR);
    }

    /** Those of Vert.x end here: when a server is closed it is we who close the connections, each in its own way. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == SslCloseCompletionEvent.SUCCESS) {
            tlsEndedByPeer();
        }
        ReferenceCountUtil.release(event);
    }

    /** As the end of its socket is, this is the end of the connection. The peer may wait, with its socket open, for ours. */
    private void tlsEndedByPeer() {
        queue().close();
        cancelTimer();
        timer = loop.loop().schedule(this::close, LINGER_SECONDS, TimeUnit.SECONDS);
        context().pipeline().get(SslHandler.class).closeOutbound().addListener(told -> close());
    }

    private void remember(CloseReason end) {
        SocketConnection last = connection;
        listener.counters()
                .remember(status(last == null ? 0 : last.messagesReceived()), end, last == null ? null : last.holder());
    }

    /** @param messagesIn WAMP messages that came */
    ConnectionStatus status(long messagesIn) {
        return new ConnectionStatus(
                id,
                peer,
                kind == null ? ConnectionKind.NONE : kind,
                System.nanoTime() - began,
                messagesIn,
                queue().messages(),
                bytesReadBefore + bytesRead,
                queue().bytes(),
                reason == null ? queue().waiting() : undelivered,
                queue().stalledFor(),
                connection == null ? Pace.KEEPS_UP : connection.pace(),
                connection == null ? 0 : connection.heldFor());
    }

    long id() {
        return id;
    }

    String peer() {
        return peer;
    }

    /** The address of the client, as far as it is known; null on a Unix domain socket. */
    @Nullable
    InetAddress client() {
        return client;
    }

    /** A proxy that is believed says for whom it speaks. Port 0 stands for one that it does not know. */
    void seenAs(InetSocketAddress proxied) {
        client = proxied.getAddress();
        peer = NetUtil.toSocketAddressString(proxied);
    }

    /** A WebSocket is being opened with this token. */
    void bearer(@Nullable String token) {
        bearer = token;
    }

    /** A WebSocket is being opened by a browser that has this cookie from now on. */
    void cookie(PeerCookie known) {
        cookie = known;
    }

    PeerCredentials credentials() {
        return SocketCredentials.of(peer, context().pipeline(), bearer, cookie);
    }

    boolean isTls() {
        return listener.options().tls() != null;
    }

    /** Whether the listener is full, so that the peer is to be turned away. */
    boolean isRefused() {
        return refused;
    }

    Listener listener() {
        return listener;
    }

    ConnectionLimits limits() {
        return listener.options().limits();
    }

    LoopResources loop() {
        return loop;
    }

    ByteBufAllocator allocator() {
        return context().alloc();
    }

    OutboundQueue queue() {
        if (queue == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return queue;
    }

    Channel channel() {
        return context().channel();
    }

    /** What was read but not consumed goes on to the next stage. */
    void enter(Stage next, ByteBuf in) {
        stage = next;
        if (in.isReadable()) {
            next.read(in);
        }
    }

    /** The transport's handshake is through: {@code frames} reads from now on what comes over {@code opened}. */
    void open(SocketConnection opened, Stage frames, ByteBuf in) {
        cancelTimer();
        connection = opened;
        stage = frames;
        kind = ConnectionKind.of(opened);
        listener.counters().opened(kind);
        opened.open(listener.sinks(loop));
        if (in.isReadable()) {
            stage.read(in);
        }
    }

    /**
     * Lets the operating system find out whether the peer is still there, for peers that cannot be pinged. Those that came all
     * at once are not probed all at once: of thousands of probes in one moment the kernel drops some, and takes the peers for gone.
     */
    void keepAliveByTcp() {
        Duration interval = limits().pingInterval();
        if (!interval.isZero() && context().channel() instanceof EpollSocketChannel tcp) {
            int longest = (int) Math.max(1, interval.toSeconds());
            int idle = longest - (int) (id % (longest / SPREAD + 1));
            int timeout = (int) Math.max(1, limits().pingTimeout().toSeconds());
            int probe = Math.max(1, timeout / PROBES);
            tcp.config()
                    .setKeepAlive(true)
                    .setTcpKeepIdle(idle)
                    .setTcpKeepIntvl(probe)
                    .setTcpKeepCnt(timeout / probe);
        }
    }

    /** Turns a peer away before its connection is open. What is to be said has been written to the queue. */
    void refuse(CloseReason why, String fault) {
        logEnd(why, fault);
        ends(why);
        finish();
    }

    /** Why the connection ends; the first reason given counts. */
    void ends(CloseReason why) {
        if (reason == null) {
            reason = why;
            undelivered = queue().waiting();
        }
    }

    void logUnknownCookie(Throwable failure) {
        LOG.warn("connection {} ({}): it could not be found out whose cookie it has: {}", id, peer, failure.toString());
    }

    void logEnd(CloseReason why, String fault) {
        LOG.debug("connection {} ({}) ends, {}: {}", id, peer, why.label(), fault);
    }

    /** Closes once all is flushed and the peer has closed, or has had time to. What still comes is not looked at. */
    void finish() {
        stage.gone();
        stage = Stage.DEAF;
        flushThen(this::shutdownOutput);
    }

    /** Closes once all is flushed and the peer has answered or has had time to. */
    void finishAfterPeer() {
        flushThen(() -> {});
    }

    /** Closes at once, whatever waits to be written. */
    void abandon(CloseReason why) {
        ends(why);
        queue().close();
        if (connection != null) {
            connection.abandoned();
        }
        cancelTimer();
        context().channel().unsafe().close(context().voidPromise());
    }

    /** The listener closes. May be called on any thread. */
    void shutDown() {
        loop.loop().execute(() -> {
            if (connection != null) {
                connection.close(CloseReason.NODE_SHUTDOWN);
            } else {
                abandon(CloseReason.NODE_SHUTDOWN);
            }
        });
    }

    private void flushThen(Runnable flushed) {
        cancelTimer();
        timer = loop.loop().schedule(this::close, FLUSH_SECONDS, TimeUnit.SECONDS);
        queue().flushAll().addListener(result -> {
            if (result.isSuccess() && context().channel().isActive()) {
                cancelTimer();
                timer = loop.loop().schedule(this::close, LINGER_SECONDS, TimeUnit.SECONDS);
                flushed.run();
            }
        });
    }

    /**
     * A socket closed while something unread waits in it is reset, and what was sent last may be lost. So the peer is told
     * that nothing more follows, and closes.
     */
    private void shutdownOutput() {
        SslHandler tls = context().pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (context().channel() instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        } else {
            close();
        }
    }

    private void close() {
        context().channel().unsafe().close(context().voidPromise());
    }

    private void handshakeTimedOut() {
        abandon(CloseReason.HANDSHAKE_TIMEOUT);
    }

    private CloseReason closedByPeer() {
        boolean says = connection != null && connection.framing() == Framing.RAWSOCKET;
        return says ? CloseReason.TRANSPORT_CLOSED : CloseReason.TRANSPORT_LOST;
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private ChannelHandlerContext context() {
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return ctx;
    }
}
