package dev.weft.bench;

import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An EVENT whose payload came in another serializer than its subscriber's: once for each publication and serializer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TranscodeBenchmark {
    @Param({"JSON", "MSGPACK", "CBOR"})
    public SerializerId from = SerializerId.JSON;

    @Param({"JSON", "MSGPACK", "CBOR"})
    public SerializerId to = SerializerId.MSGPACK;

    @Param({"128", "4096"})
    public int payloadBytes;

    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(8192);
    private Serializer codec = Serializers.create(to, DecodeLimits.DEFAULT);
    private WampMessage message = SampleMessages.of(MessageType.EVENT, Payload.EMPTY);

    @Setup
    public void message() {
        codec = Serializers.create(to, DecodeLimits.DEFAULT);
        Serializer source = Serializers.create(from, DecodeLimits.DEFAULT);
        message = SampleMessages.of(MessageType.EVENT, SampleMessages.payload(source, payloadBytes));
    }

    @Benchmark
    public ByteBuf transcode() {
        out.clear();
        codec.encode(message, out);
        return out;
    }
}
