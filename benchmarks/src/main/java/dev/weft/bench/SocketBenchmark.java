package dev.weft.bench;

import dev.weft.lane.LocalLane;
import dev.weft.transport.AcceptingLoop;
import dev.weft.transport.ArrivalRate;
import dev.weft.transport.CloseReason;
import dev.weft.transport.Connection;
import dev.weft.transport.ConnectionListener;
import dev.weft.transport.Framing;
import dev.weft.transport.ListenerAddress;
import dev.weft.transport.ListenerOptions;
import dev.weft.transport.Listeners;
import dev.weft.transport.OutboundMemory;
import dev.weft.transport.TransportCounters;
import dev.weft.wamp.Call;
import dev.weft.wamp.CallOptions;
import dev.weft.wamp.Payload;
import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.Result;
import dev.weft.wamp.ResultDetails;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializer;
import dev.weft.wamp.codec.Serializers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A CALL of 128 octets of payload that is read from a socket on loopback, and its RESULT that is written to it: all of a
 * listener and a connection, from the first octet to the flush, without a realm behind them. They come a hundred at a time,
 * so that what is looked at is a message, and not the system call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SocketBenchmark {
    private static final int PAYLOAD_BYTES = 128;
    private static final int CALLS = 100;

    @Param({"RAWSOCKET", "WEBSOCKET"})
    public Framing framing = Framing.RAWSOCKET;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    private final Serializer serializer = Serializers.create(SerializerId.MSGPACK, DecodeLimits.DEFAULT);
    private final CompletableFuture<FramedClient> client = new CompletableFuture<>();
    private byte[] calls = {};
    private byte[] results = {};

    /** A listener, and a client whose connection is open. */
    @Setup
    public void connect() throws Exception {
        Payload payload = SampleMessages.payload(serializer, PAYLOAD_BYTES);
        Call call = new Call(1, CallOptions.DEFAULT, "com.example.app17.procedure.add", payload);
        Result result = new Result(1, ResultDetails.DEFAULT, payload);
        FramedClient connected = new FramedClient(listen(result).port(), framing, serializer.id());
        calls = connected.frames(encoded(call), CALLS);
        results = connected.roomForFrames(encoded(result).length, CALLS);
        client.complete(connected);
    }

    private ListenerAddress.Tcp listen(Result result) throws Exception {
        EventLoop loop = Listeners.eventLoops(vertx).get(0);
        LocalLane lane = new LocalLane(0, loop, new NoLane());
        AcceptingLoop accepting = new AcceptingLoop(
                loop,
                lane,
                id -> Serializers.create(id, DecodeLimits.DEFAULT),
                connection -> new Answering(connection, result));
        Listeners listeners = new Listeners(
                vertx,
                List.of(accepting),
                new TransportCounters(),
                OutboundMemory.ofProcess(),
                new ArrivalRate(0, System::nanoTime));
        return (ListenerAddress.Tcp) listeners
                .open(ListenerOptions.plain("benchmark", new ListenerAddress.Tcp("127.0.0.1", 0)))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private byte[] encoded(WampMessage message) {
        ByteBuf out = Unpooled.buffer();
        serializer.encode(message, out);
        return FramedClient.octets(out);
    }

    @TearDown
    public void close() throws IOException {
        client.join().close();
        vertx.close();
    }

    /** Sends the calls and waits until all are answered. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public byte[] answered() throws IOException {
        client.join().exchange(calls, results);
        return results;
    }

    /** Has its answer ready: whether the compiler finds out that one made here goes nowhere would be up to its mood. */
    private record Answering(Connection connection, Result result) implements ConnectionListener {
        private Answering {
            connection.inSession(true);
        }

        @Override
        public void message(WampMessage message) {
            connection.send(result);
        }

        @Override
        public void violation(ProtocolViolation violation) {
            throw new IllegalStateException(violation.fault());
        }

        @Override
        public void closed(CloseReason reason) {
            // The benchmark is over.
        }
    }
}
