package dev.weft.bench;

import dev.weft.link.InterestAdded;
import dev.weft.link.LinkDecoder;
import dev.weft.link.LinkEncoder;
import dev.weft.link.LinkFrame;
import dev.weft.link.LinkVersions;
import dev.weft.link.LinkViolation;
import dev.weft.link.RoutedCall;
import dev.weft.link.RoutedEvent;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.InvocationDetails;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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

/**
 * A message of 128 octets of payload, or a change of the tables, to bytes and back on a link that has seen its names before.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LinkBenchmark {
    private static final int PAYLOAD_BYTES = 128;
    private static final long SUBSCRIPTION = 1L << 40;
    private static final long SESSION = 1L << 52;

    @Param({"event", "call", "interest"})
    public String kind = "event";

    private final LinkEncoder encoder = new LinkEncoder(LinkVersions.SPOKEN.highest());
    private final LinkDecoder decoder = new LinkDecoder(LinkVersions.SPOKEN.highest());
    private final ByteBuf out = Unpooled.directBuffer();
    private LinkFrame frame = event();
    private ByteBuf encoded = Unpooled.EMPTY_BUFFER;

    /** The frame, and its bytes for a decoder that knows the names. */
    @Setup
    public void encodeOnce() throws LinkViolation {
        frame = switch (kind) {
            case "event" -> event();
            case "call" -> call();
            default -> new InterestAdded("realm1", MatchPolicy.EXACT, "com.example.topic", SUBSCRIPTION);
        };
        ByteBuf first = Unpooled.buffer();
        encoder.encode(frame, first);
        decoder.decode(first, first.readInt());
        encoded = Unpooled.directBuffer();
        encoder.encode(frame, encoded);
    }

    private static LinkFrame event() {
        long[] subscriptions = {SUBSCRIPTION};
        return new RoutedEvent(
                "realm1",
                SESSION + 1,
                "com.example.topic",
                subscriptions,
                SESSION,
                EventDetails.DEFAULT,
                null,
                payload());
    }

    private static LinkFrame call() {
        return new RoutedCall(
                "realm1", 1, 1L << 24, SESSION, SUBSCRIPTION, false, InvocationDetails.DEFAULT, payload());
    }

    private static Payload payload() {
        return Payload.of(SerializerId.MSGPACK, 1, new byte[PAYLOAD_BYTES]);
    }

    @Benchmark
    public ByteBuf encode() {
        out.clear();
        encoder.encode(frame, out);
        return out;
    }

    @Benchmark
    public LinkFrame decode() throws LinkViolation {
        encoded.readerIndex(0);
        return decoder.decode(encoded, encoded.readInt());
    }
}
