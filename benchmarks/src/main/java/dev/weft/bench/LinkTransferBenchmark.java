package dev.weft.bench;

import dev.weft.cluster.link.LinkDownReason;
import dev.weft.cluster.link.LinkLimits;
import dev.weft.cluster.link.LinkListener;
import dev.weft.cluster.link.LinkOptions;
import dev.weft.cluster.link.LinkSupervisor;
import dev.weft.cluster.link.LinkTimes;
import dev.weft.cluster.link.PeerLink;
import dev.weft.link.LinkSecret;
import dev.weft.link.NodeId;
import dev.weft.link.RoutedEvent;
import dev.weft.link.RoutedMessage;
import dev.weft.link.TableChange;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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
 * An event of 128 octets of payload from one node to another over a link on loopback, with what it takes to resume the link
 * and without: that is the ratio to look at.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LinkTransferBenchmark {
    private static final int PAYLOAD_BYTES = 128;
    private static final int EVENTS = 10_000;
    private static final long LOOK_NANOS = 20_000;

    @Param({"true", "false"})
    public boolean resumable = true;

    private final AtomicLong received = new AtomicLong();
    private final CompletableFuture<PeerLink> link = new CompletableFuture<>();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final RoutedEvent event = new RoutedEvent(
            "realm1",
            1,
            "com.example.topic",
            new long[] {1L << 40},
            1L << 52,
            EventDetails.DEFAULT,
            null,
            Payload.of(SerializerId.MSGPACK, 1, new byte[PAYLOAD_BYTES]));

    /** Two nodes with a link. */
    @Setup
    public void linkUp() throws Exception {
        LinkSupervisor to = new LinkSupervisor(vertx, options("b"), new Counting());
        int port = to.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        LinkSupervisor from = new LinkSupervisor(vertx, options("a"), new Opening());
        from.wanted(Map.of(new NodeId("b", 1), new InetSocketAddress("127.0.0.1", port)));
        link.get(10, TimeUnit.SECONDS);
    }

    private LinkOptions options(String name) {
        LinkTimes times = LinkTimes.DEFAULT;
        LinkTimes patience = new LinkTimes(
                times.heartbeat(),
                times.silence(),
                times.handshake(),
                times.farewell(),
                times.shortestPause(),
                times.longestPause(),
                resumable ? times.resumeGrace() : Duration.ZERO,
                times.forgetAfter());
        return new LinkOptions(
                new NodeId(name, 1),
                "bench",
                new LinkSecret(new byte[] {1}),
                "127.0.0.1",
                0,
                patience,
                LinkLimits.DEFAULT,
                null);
    }

    @TearDown
    public void close() {
        vertx.close();
    }

    /** Sends the events and waits until all have arrived. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long transfer() {
        PeerLink to = link.join();
        long until = received.get() + EVENTS;
        for (int i = 0; i < EVENTS; i++) {
            to.send(event, to);
        }
        while (received.get() < until) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return until;
    }

    private final class Opening extends NoListener {
        @Override
        public void linkUp(PeerLink up) {
            link.complete(up);
        }
    }

    private final class Counting extends NoListener {
        @Override
        public void routed(PeerLink from, RoutedMessage message) {
            received.lazySet(received.get() + 1);
        }
    }

    private static class NoListener implements LinkListener {
        @Override
        public void linkUp(PeerLink up) {}

        @Override
        public void changed(PeerLink from, TableChange change) {}

        @Override
        public void routed(PeerLink from, RoutedMessage message) {}

        @Override
        public void linkResumed(PeerLink resumed) {}

        @Override
        public void linkDown(PeerLink ended, LinkDownReason reason) {}
    }
}
