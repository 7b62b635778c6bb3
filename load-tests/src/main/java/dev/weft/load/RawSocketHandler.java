package dev.weft.load;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.rawsocket.RawSocketFrame;
import dev.weft.wamp.rawsocket.RawSocketHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a RawSocket connection. What is sent while reading leaves in one write at the end of the read. Event
 * loop of the connection only.
 */
public abstract class RawSocketHandler extends ChannelInboundHandlerAdapter {
    private final Serializer serializer;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf unread;
    private @Nullable ByteBuf unsent;
    private boolean shaken;

    protected RawSocketHandler(Serializer serializer) {
        this.serializer = serializer;
    }

    /** The router has agreed to RawSocket: HELLO may be sent. */
    protected abstract void onConnected();

    /** @param message valid until this returns, as its payload is a view of what was read */
    protected abstract void onMessage(WampMessage message);

    /** The connection is of no use any more. May be told again. */
    protected abstract void onFailure(Throwable cause);

    /** Leaves with the next {@link #flush()}, or at the end of the read that is being handled. */
    protected void send(WampMessage message) {
        ByteBuf out = out();
        int start = out.writerIndex();
        out.writeInt(0);
        serializer.encode(message, out);
        int length = out.writerIndex() - start - RawSocketFrame.HEADER_LENGTH;
        out.setInt(start, RawSocketFrame.header(RawSocketFrame.Type.WAMP, length));
    }

    protected void flush() {
        ByteBuf out = unsent;
        if (out == null) {
            return;
        }
        unsent = null;
        context().writeAndFlush(out, context().voidPromise());
    }

    protected Serializer serializer() {
        return serializer;
    }

    protected boolean isConnected() {
        return context != null;
    }

    protected ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not connected");
        }
        return context;
    }

    private ByteBuf out() {
        if (unsent == null) {
            unsent = context().alloc().directBuffer(4096);
        }
        return unsent;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        out().writeInt(RawSocketHandshake.of(
                RawSocketHandshake.LONGEST_MESSAGE, serializer.id().rawSocketId()));
        flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) throws ProtocolViolation {
        ByteBuf in = together((ByteBuf) message);
        try {
            if (!shaken && in.readableBytes() >= RawSocketHandshake.LENGTH) {
                shake(in.readInt());
            }
            while (shaken && readFrame(in)) {}
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

    private void shake(int answer) {
        if (!RawSocketHandshake.isHandshake(answer) || RawSocketHandshake.isRefusal(answer)) {
            onFailure(new IllegalStateException(
                    "the router refuses the RawSocket handshake: " + Integer.toHexString(answer)));
            return;
        }
        shaken = true;
        onConnected();
    }

    private boolean readFrame(ByteBuf in) throws ProtocolViolation {
        if (in.readableBytes() < RawSocketFrame.HEADER_LENGTH) {
            return false;
        }
        int header = in.getInt(in.readerIndex());
        int length = RawSocketFrame.length(header);
        if (in.readableBytes() < RawSocketFrame.HEADER_LENGTH + length) {
            return false;
        }
        int start = in.readerIndex() + RawSocketFrame.HEADER_LENGTH;
        switch (RawSocketFrame.type(header)) {
            case WAMP -> onMessage(serializer.decode(in, start, length));
            case PING ->
                out().writeInt(RawSocketFrame.header(RawSocketFrame.Type.PONG, length))
                        .writeBytes(in, start, length);
            case PONG -> {}
        }
        in.readerIndex(start + length);
        return true;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext read) {
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
