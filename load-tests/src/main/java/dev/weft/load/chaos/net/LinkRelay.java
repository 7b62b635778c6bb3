package dev.weft.load.chaos.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** One direction of a connection between nodes: reads from one half, writes to the other when the {@link LinkState} allows. */
final class LinkRelay extends ChannelInboundHandlerAdapter {
    /** What waits here before the sender is no longer read, in octets: what a network would hold. */
    private static final int ROOM = 1 << 20;

    private final LinkConnection connection;
    private final LinkState state;
    private final Channel from;
    private final Channel to;
    private final Deque<Chunk> waiting = new ArrayDeque<>();
    private long waitingOctets;
    private long lastDue = Long.MIN_VALUE;
    private boolean scheduled;
    private boolean ended;

    LinkRelay(LinkConnection connection, LinkState state, Channel from, Channel to) {
        this.connection = connection;
        this.state = state;
        this.from = from;
        this.to = to;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        accept((ByteBuf) message);
    }

    void accept(ByteBuf octets) {
        waiting.add(new Chunk(octets, due(octets.readableBytes())));
        waitingOctets += octets.readableBytes();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        pass();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        connection.resume();
    }

    /** What was read before still goes on its way. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended = true;
        pass();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
        connection.reset();
    }

    /** Passes on what is due. */
    void pass() {
        boolean written = false;
        while (!waiting.isEmpty() && mayPass(waiting.element())) {
            ByteBuf octets = waiting.remove().octets();
            waitingOctets -= octets.readableBytes();
            written = true;
            if (octets.readableBytes() >= state.octetsUntilReset) {
                breakOff(octets);
                return;
            }
            if (state.octetsUntilReset != LinkState.NONE) {
                state.octetsUntilReset -= octets.readableBytes();
            }
            to.write(octets, to.voidPromise());
        }
        if (written) {
            to.flush();
        }
        from.config().setAutoRead(waitingOctets < ROOM && to.isWritable());
        if (ended && waiting.isEmpty() && !state.stalled) {
            connection.close();
        }
    }

    void discard() {
        waiting.forEach(chunk -> chunk.octets().release());
        waiting.clear();
        waitingOctets = 0;
    }

    private boolean mayPass(Chunk head) {
        if (state.stalled || !to.isWritable()) {
            return false;
        }
        long left = head.due() - System.nanoTime();
        if (state.isPlain() || left <= 0) {
            return true;
        }
        if (!scheduled) {
            scheduled = true;
            from.eventLoop().schedule(this::wake, left, TimeUnit.NANOSECONDS);
        }
        return false;
    }

    private void wake() {
        scheduled = false;
        pass();
    }

    private long due(int octets) {
        if (state.isPlain()) {
            return System.nanoTime();
        }
        long transmission = TimeUnit.SECONDS.toNanos(octets) / state.bytesPerSecond;
        lastDue = Math.max(System.nanoTime() + state.delayNanos, lastDue) + transmission;
        return lastDue;
    }

    private void breakOff(ByteBuf octets) {
        int left = (int) state.octetsUntilReset;
        state.octetsUntilReset = LinkState.NONE;
        to.writeAndFlush(octets.readSlice(left)).addListener(sent -> connection.reset());
    }

    /** @param due {@link System#nanoTime} from which it may go on */
    private record Chunk(ByteBuf octets, long due) {}
}
