package dev.weft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weft.lane.Lane;
import dev.weft.lane.LaneReceiver;
import dev.weft.lane.LocalLane;
import dev.weft.link.RoutedMessage;
import dev.weft.wamp.codec.DecodeLimits;
import dev.weft.wamp.codec.Serializers;
import io.netty.channel.EventLoop;
import io.netty.util.ResourceLeakDetector;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Listeners on two event loops, with what a test wants behind them. */
final class TestListeners implements AutoCloseable {
    private static final LaneReceiver NOBODY = new LaneReceiver() {
        @Override
        public void receive(RoutedMessage message, Lane from) {}

        @Override
        public void laneDown(Lane lane) {}
    };

    /** What Netty says of buffers that were collected without having been released. */
    private static final ListAppender<ILoggingEvent> LEAKS = new ListAppender<>();

    static {
        LEAKS.start();
        ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(LEAKS);
    }

    private final Vertx vertx;
    private final Listeners listeners;
    private final TransportCounters counters = new TransportCounters();

    TestListeners(ConnectionAcceptor acceptor) {
        this(acceptor, Speech.WAMP);
    }

    TestListeners(ConnectionAcceptor acceptor, Speech speech) {
        this(acceptor, speech, OutboundMemory.ofProcess());
    }

    TestListeners(ConnectionAcceptor acceptor, OutboundMemory memory) {
        this(acceptor, Speech.WAMP, memory);
    }

    TestListeners(ConnectionAcceptor acceptor, ArrivalRate arrivals) {
        this(acceptor, Speech.WAMP, OutboundMemory.ofProcess(), arrivals);
    }

    private TestListeners(ConnectionAcceptor acceptor, Speech speech, OutboundMemory memory) {
        this(acceptor, speech, memory, new ArrivalRate(0, System::nanoTime));
    }

    private TestListeners(ConnectionAcceptor acceptor, Speech speech, OutboundMemory memory, ArrivalRate arrivals) {
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
        List<AcceptingLoop> loops = new ArrayList<>();
        for (EventLoop loop : Listeners.eventLoops(vertx)) {
            LocalLane lane = new LocalLane(loops.size(), loop, NOBODY);
            loops.add(new AcceptingLoop(loop, lane, id -> Serializers.create(id, DecodeLimits.DEFAULT), acceptor));
        }
        listeners = new Listeners(vertx, loops, counters, memory, arrivals, speech);
    }

    Listeners listeners() {
        return listeners;
    }

    TransportCounters counters() {
        return counters;
    }

    /** Opens a listener on loopback. */
    int open(ListenerOptions options) throws Exception {
        ListenerAddress bound = listeners
                .open(options)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return bound instanceof ListenerAddress.Tcp tcp ? tcp.port() : 0;
    }

    int open() throws Exception {
        return open(ListenerOptions.plain("test", new ListenerAddress.Tcp("127.0.0.1", 0)));
    }

    @Override
    public void close() throws Exception {
        listeners.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(LEAKS.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }
}
