package dev.weft.cluster.link;

import dev.weft.link.LinkViolation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts what arrives on a connection into frames. Stands before the Vert.x handler, which sees none of it but still minds
 * the life of the connection.
 */
final class FrameSplitter extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(FrameSplitter.class);

    /** Who gets the frames. Called on the event loop of the connection. */
    interface Receiver {
        /** The longest frame accepted now, without its length. */
        int maxFrameBytes();

        /** Something was read: called once for each batch, before its first frame. */
        void reading();

        /** A frame, from the reader index on; {@code length} octets are to be read. */
        void frame(ByteBuf in, int length) throws LinkViolation;

        /** Something was read, be it a whole frame or not, and nothing more for now. */
        void readComplete();

        void writabilityChanged();

        /** No further frame follows. */
        void violated(LinkViolation violation);

        /** The connection is gone. */
        void disconnected();
    }

    private Receiver receiver;
    private @Nullable ByteBuf held;
    private boolean hasRead;
    private boolean deaf;

    FrameSplitter(Receiver first) {
        receiver = first;
    }

    /** From the next frame on, {@code next} gets them. */
    void handOver(Receiver next) {
        receiver = next;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!hasRead) {
            hasRead = true;
            receiver.reading();
        }
        ByteBuf read = (ByteBuf) message;
        if (deaf) {
            read.release();
            return;
        }
        ByteBuf in = held == null ? read : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), held, read);
        held = in;
        try {
            split(in);
        } catch (LinkViolation violation) {
            deaf = true;
            receiver.violated(violation);
        } finally {
            keepRest(in);
        }
    }

    private void split(ByteBuf in) throws LinkViolation {
        while (in.readableBytes() >= Integer.BYTES) {
            int length = in.getInt(in.readerIndex());
            if (length < 2 || length > receiver.maxFrameBytes()) {
                throw new LinkViolation("a frame of " + Integer.toUnsignedString(length) + " octets");
            }
            if (in.readableBytes() - Integer.BYTES < length) {
                return;
            }
            int start = in.readerIndex() + Integer.BYTES;
            in.readerIndex(start);
            receiver.frame(in, length);
            in.readerIndex(start + length);
        }
    }

    private void keepRest(ByteBuf in) {
        if (deaf || !in.isReadable()) {
            in.release();
            held = null;
        } else {
            in.discardSomeReadBytes();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (hasRead) {
            hasRead = false;
            receiver.readComplete();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        receiver.writabilityChanged();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        receiver.disconnected();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("connection {} failed", ctx.channel(), cause);
        ctx.close();
    }
}
