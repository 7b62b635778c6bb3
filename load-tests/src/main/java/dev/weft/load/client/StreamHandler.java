package dev.weft.load.client;

import dev.weft.wamp.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a connection that carries one message after the other. What is sent while reading leaves in one write
 * at the end of the read. Event loop of the connection only.
 */
public abstract class StreamHandler extends ChannelInboundHandlerAdapter {
    private static final int INITIAL_OUT = 1024;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf unread;
    private @Nullable ByteBuf unsent;
    private boolean reading;
    private boolean flushScheduled;

    /** The connection stands. What is written to {@link #out()} leaves at once. */
    protected abstract void onOpen();

    /**
     * Takes one message from the front of {@code in}, if all of it is there.
     *
     * @return false if there is none to take; then the reader index is where it was
     * @throws ProtocolViolation the connection is of no use any more
     */
    protected abstract boolean readNext(ByteBuf in) throws ProtocolViolation;

    /** The connection is of no use any more. May be told again. */
    protected abstract void onFailure(Throwable cause);

    /** Where messages are written; leaves with the next {@link #flush()}, or at the end of the read. */
    protected final ByteBuf out() {
        if (unsent == null) {
            unsent = context().alloc().directBuffer(INITIAL_OUT);
        }
        return unsent;
    }

    public void flush() {
        ByteBuf out = unsent;
        if (out == null) {
            return;
        }
        unsent = null;
        context().writeAndFlush(out, context().voidPromise());
    }

    /** Flushes when the event loop has handled what it has read, on this connection and on others: one write for all of it. */
    public final void flushSoon() {
        if (reading || flushScheduled) {
            return;
        }
        flushScheduled = true;
        context().executor().execute(this::flushScheduled);
    }

    private void flushScheduled() {
        flushScheduled = false;
        flush();
    }

    protected final boolean isConnected() {
        return context != null;
    }

    protected final ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not connected");
        }
        return context;
    }

    /** For a handler that comes to a connection which stands already; the others get their context when it does. */
    protected final void attach(ChannelHandlerContext attached) {
        context = attached;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        onOpen();
        flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) throws ProtocolViolation {
        reading = true;
        ByteBuf in = together((ByteBuf) message);
        try {
            while (readNext(in)) {}
        } finally {
            if (in.isReadable()) {
                unread = in;
            } else {
                in.release();
            }
        }
    }

    private ByteBuf together(ByteBuf arrived) {
        ByteBuf before = unread;
        if (before == null) {
            return arrived;
        }
        unread = null;
        ByteBuf both = context().alloc().directBuffer(before.readableBytes() + arrived.readableBytes());
        both.writeBytes(before).writeBytes(arrived);
        before.release();
        arrived.release();
        return both;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext read) {
        reading = false;
        flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext broken, Throwable cause) {
        onFailure(cause);
        broken.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        onFailure(new IllegalStateException("the router closed the connection"));
        if (unread != null) {
            unread.release();
            unread = null;
        }
        if (unsent != null) {
            unsent.release();
            unsent = null;
        }
    }
}
