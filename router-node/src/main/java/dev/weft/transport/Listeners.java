package dev.weft.transport;

import dev.weft.wamp.SerializerId;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The listeners of a node. Thread-safe. */
public final class Listeners {
    private final Vertx vertx;
    private final List<LoopResources> loops;
    private final TransportCounters counters;
    private final Speech speech;
    private final ArrivalRate arrivals;
    private final AtomicLong ids = new AtomicLong();
    private final List<Listener> open = new CopyOnWriteArrayList<>();

    /**
     * @param loops the event loops over which connections are spread, of this {@code vertx}: see {@link #eventLoops}
     * @param memory for what waits for all clients
     * @param arrivals counted over all listeners
     */
    public Listeners(
            Vertx vertx,
            List<AcceptingLoop> loops,
            TransportCounters counters,
            OutboundMemory memory,
            ArrivalRate arrivals) {
        this(vertx, loops, counters, memory, arrivals, Speech.WAMP);
    }

    Listeners(
            Vertx vertx,
            List<AcceptingLoop> loops,
            TransportCounters counters,
            OutboundMemory memory,
            ArrivalRate arrivals,
            Speech speech) {
        this.vertx = vertx;
        this.arrivals = arrivals;
        int count = loops.size();
        this.loops = loops.stream()
                .map(loop -> new LoopResources(loop, counters.loop(new Backlog(memory, count)), memory.batch(count)))
                .toList();
        this.counters = counters;
        this.speech = speech;
    }

    /** The event loops that {@code vertx} has. */
    public static List<EventLoop> eventLoops(Vertx vertx) {
        List<EventLoop> loops = new ArrayList<>();
        ((VertxInternal) vertx).nettyEventLoopGroup().forEach(executor -> loops.add((EventLoop) executor));
        return loops;
    }

    /**
     * Opens a listener. Looks at files: not to be called on an event loop.
     *
     * @return where it listens, with the port found; fails with an {@link java.io.IOException} if the address is taken
     */
    public Future<ListenerAddress> open(ListenerOptions options) {
        Listener listener = new Listener(options, speech, counters, arrivals, ids);
        open.add(listener);
        return listener.open(vertx, loops).onFailure(refused -> open.remove(listener));
    }

    /** Looks at what waits for the connections of one event loop. On that event loop; its index is the one given. */
    public void refreshBacklog(int loop) {
        loops.get(loop).traffic().backlog().refresh();
    }

    /** Records messages of one event loop's connections from now on; null for no more. On that event loop. */
    public void trace(int loop, @Nullable LoopTrace trace) {
        loops.get(loop).traffic().trace(trace);
    }

    /** How messages of one event loop are written down: for {@link LoopTrace}, on that event loop. */
    public TraceText traceText(int loop, boolean payloads) {
        return new TraceText(loops.get(loop).serializer(SerializerId.JSON), payloads);
    }

    /** What goes through the connections of each event loop, in their order. */
    public List<LoopTraffic> traffic() {
        return loops.stream().map(LoopResources::traffic).toList();
    }

    /** The number of the next connection, of whatever door. Any thread. */
    public long nextId() {
        return ids.incrementAndGet();
    }

    /** How many connections each listener has, and may have. Any thread. */
    public List<ListenerStatus> status() {
        return open.stream().map(Listener::status).toList();
    }

    /** Accepts no more connections; those open stay. */
    public void stopAccepting() {
        open.forEach(Listener::stopAccepting);
    }

    /**
     * Accepts no more connections and closes those open with {@link CloseReason#NODE_SHUTDOWN}, each after what was sent
     * before.
     *
     * @return done when the last connection is gone: peers that do not read or answer have a few seconds
     */
    public Future<Void> close() {
        List<Future<Void>> closed = open.stream().map(Listener::close).toList();
        open.clear();
        return Future.all(closed).mapEmpty();
    }
}
