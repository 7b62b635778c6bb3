package dev.weft.transport;

import dev.weft.lane.LocalLane;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.EnumMap;
import java.util.Map;

/** What the connections of one event loop share. Belongs to it. */
final class LoopResources {
    private static final int SCRATCH = 4096;
    private static final int LARGEST_SCRATCH = 256 * 1024;

    private final AcceptingLoop accepting;
    private final FlushBatch flushBatch;
    private final LoopTraffic traffic;
    private final Map<SerializerId, Serializer> serializers = new EnumMap<>(SerializerId.class);
    private final MessageDeflater deflater = new MessageDeflater();
    private ByteBuf scratch = Unpooled.buffer(SCRATCH);

    /** @param batch bytes for all connections together that are not gathered, but flushed at once */
    LoopResources(AcceptingLoop accepting, LoopTraffic traffic, long batch) {
        this.traffic = traffic;
        this.accepting = accepting;
        this.flushBatch = new FlushBatch(accepting.loop(), traffic.backlog(), batch);
    }

    EventLoop loop() {
        return accepting.loop();
    }

    LocalLane lane() {
        return accepting.lane();
    }

    ConnectionAcceptor acceptor() {
        return accepting.acceptor();
    }

    FlushBatch flushBatch() {
        return flushBatch;
    }

    LoopTraffic traffic() {
        return traffic;
    }

    Serializer serializer(SerializerId id) {
        return serializers.computeIfAbsent(id, accepting.serializers());
    }

    MessageDeflater deflater() {
        return deflater;
    }

    /** An empty buffer for what is written and sent on within one call. */
    ByteBuf scratch() {
        if (scratch.capacity() > LARGEST_SCRATCH) {
            scratch = Unpooled.buffer(SCRATCH);
        }
        return scratch.clear();
    }
}
