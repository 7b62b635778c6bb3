package dev.weft.load.chaos.net;

import dev.weft.link.HandshakeCodec;
import dev.weft.link.LinkHello;
import dev.weft.link.LinkViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Reads the first frame of a link, which says who connects, and hands it over with all that was read. */
final class LinkHelloReader extends ChannelInboundHandlerAdapter {
    private final Receiver receiver;
    private ByteBuf read = Unpooled.EMPTY_BUFFER;

    LinkHelloReader(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf more = (ByteBuf) message;
        read = Unpooled.buffer().writeBytes(read).writeBytes(more);
        more.release();
        if (read.readableBytes() < Integer.BYTES) {
            return;
        }
        int length = read.getInt(read.readerIndex());
        if (length < 0 || length > HandshakeCodec.MAX_FRAME_OCTETS) {
            context.close();
            return;
        }
        if (read.readableBytes() < Integer.BYTES + length) {
            return;
        }
        try {
            ByteBuf frame = read.slice(read.readerIndex() + Integer.BYTES, length);
            String name = HandshakeCodec.decode(frame, length) instanceof LinkHello hello
                    ? hello.node().name()
                    : "";
            receiver.connected(context, name, read);
        } catch (LinkViolation stranger) {
            context.close();
        }
    }

    interface Receiver {
        /**
         * @param name of the node that connected
         * @param read all octets that it has sent; on the heap, so nobody need release it
         */
        void connected(ChannelHandlerContext context, String name, ByteBuf read);
    }
}
