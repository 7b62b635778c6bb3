package dev.weft.transport.http;

import dev.weft.lane.LaneReceiver;
import dev.weft.lane.LocalLane;
import dev.weft.transport.AcceptingLoop;
import dev.weft.transport.ArrivalRate;
import dev.weft.transport.ListenerAddress;
import dev.weft.transport.ListenerStatus;
import dev.weft.transport.LoopTrace;
import dev.weft.transport.LoopTraffic;
import dev.weft.transport.TransportCounters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The HTTP listeners of a node. Thread-safe. */
public final class HttpListeners {
    private final Vertx vertx;
    private final List<HttpLoop> loops;
    private final TransportCounters counters;
    private final ArrivalRate arrivals;
    private final LongSupplier ids;
    private final List<HttpListener> open = new CopyOnWriteArrayList<>();

    /**
     * @param loops the event loops over which connections are spread, of this {@code vertx}
     * @param arrivals counted over all listeners
     * @param traffic what goes through the connections of each loop
     * @param ids gives each session the number of its connection, from any thread
     * @param node this one
     */
    public HttpListeners(
            Vertx vertx,
            List<AcceptingLoop> loops,
            TransportCounters counters,
            ArrivalRate arrivals,
            List<LoopTraffic> traffic,
            LongSupplier ids,
            PollNode node) {
        this.arrivals = arrivals;
        this.vertx = vertx;
        this.counters = counters;
        this.ids = ids;
        List<LocalLane> lanes = loops.stream().map(AcceptingLoop::lane).toList();
        List<HttpLoop> made = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            made.add(new HttpLoop(loops.get(i), counters, traffic.get(i), node, lanes));
        }
        this.loops = List.copyOf(made);
    }

    /**
     * Opens a listener.
     *
     * @return where it listens, with the port found; fails with an {@link java.io.IOException} if the address is taken
     */
    public Future<ListenerAddress> open(HttpOptions options) {
        HttpListener listener = new HttpListener(options, counters, arrivals, ids);
        open.add(listener);
        return listener.open(vertx, loops).onFailure(refused -> open.remove(listener));
    }

    /** Who takes what comes over the lane to each event loop and concerns long-poll transports; called on that loop. */
    public List<LaneReceiver> polls() {
        return loops.stream().map(loop -> (LaneReceiver) loop.polls()).toList();
    }

    /** Records messages of one event loop's sessions from now on; null for no more. On that event loop. */
    public void trace(int loop, @Nullable LoopTrace trace) {
        loops.get(loop).trace(trace);
    }

    /** How many connections each listener has, and may have. Any thread. */
    public List<ListenerStatus> status() {
        return open.stream().map(HttpListener::status).toList();
    }

    /** Requests are refused from now on; those that are being answered, and streams, go on. */
    public void stopAccepting() {
        open.forEach(HttpListener::stopAccepting);
    }

    /** Closes all that is open; done when the last connection is gone. */
    public Future<Void> close() {
        List<Future<Void>> closed = open.stream().map(HttpListener::close).toList();
        open.clear();
        return Future.all(closed).mapEmpty();
    }
}
