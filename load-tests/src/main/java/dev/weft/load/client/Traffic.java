package dev.weft.load.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Counts the octets of all connections of an event loop, which alone reads and changes it. */
@Sharable
public final class Traffic extends ChannelDuplexHandler {
    private long sent;
    private long received;

    /** Octets since the beginning. */
    public long sent() {
        return sent;
    }

    /** Octets since the beginning. */
    public long received() {
        return received;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        received += ((ByteBuf) message).readableBytes();
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        sent += ((ByteBuf) message).readableBytes();
        context.write(message, promise);
    }
}
