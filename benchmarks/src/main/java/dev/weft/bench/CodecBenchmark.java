package dev.weft.bench;

import dev.weft.wamp.MessageType;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Decoding and encoding of the messages of the hot path, from and to a direct buffer as on a socket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    @Param
    public SerializerId serializer = SerializerId.MSGPACK;

    @Param({"PUBLISH", "EVENT", "CALL", "INVOCATION", "YIELD", "RESULT"})
    public MessageType type = MessageType.PUBLISH;

    @Param({"128", "4096"})
    public int payloadBytes;

    private final ByteBuf encoded = PooledByteBufAllocator.DEFAULT.directBuffer(8192);
    private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(8192);
    private Serializer codec = Serializers.create(serializer, DecodeLimits.DEFAULT);
    private WampMessage message = SampleMessages.of(type, Payload.EMPTY);

    /** The message, and its bytes. */
    @Setup
    public void encodeOnce() {
        codec = Serializers.create(serializer, DecodeLimits.DEFAULT);
        message = SampleMessages.of(type, SampleMessages.payload(codec, payloadBytes));
        codec.encode(message, encoded);
    }

    @TearDown
    public void release() {
        encoded.release();
        out.release();
    }

    @Benchmark
    public WampMessage decode() throws ProtocolViolation {
        return codec.decode(encoded, 0, encoded.readableBytes());
    }

    @Benchmark
    public ByteBuf encode() {
        out.clear();
        codec.encode(message, out);
        return out;
    }
}
