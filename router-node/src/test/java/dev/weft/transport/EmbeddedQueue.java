package dev.weft.transport;

import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;

/** An outbound queue before a channel that takes all that is flushed, when the test says so. */
final class EmbeddedQueue implements AutoCloseable {
    final EmbeddedChannel channel = new EmbeddedChannel(new ChannelHandlerAdapter() {});
    private final Backlog backlog = new Backlog(OutboundMemory.ofProcess(), 1);
    /** On a loop that never runs anything: the channel's own would flush in the midst of what is written. */
    private final FlushBatch batch = new FlushBatch(new EmbeddedChannel().eventLoop(), backlog, Long.MAX_VALUE);

    final OutboundQueue queue = new OutboundQueue(
            channel.pipeline().firstContext(), batch, backlog, new TransportCounters(), 1 << 20, () -> {});

    void write(int octets) {
        queue.room(octets).writeZero(octets);
        queue.written(octets);
    }

    void flush() {
        batch.run();
    }

    @Override
    public void close() {
        queue.close();
        channel.finishAndReleaseAll();
    }
}
