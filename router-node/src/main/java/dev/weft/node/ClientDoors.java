package dev.weft.node;

import dev.weft.config.LimitsConfig;
import dev.weft.config.ListenerConfig;
import dev.weft.config.ListenerType;
import dev.weft.lane.LaneReceiver;
import dev.weft.transport.AcceptingLoop;
import dev.weft.transport.ArrivalRate;
import dev.weft.transport.CookieLookup;
import dev.weft.transport.ListenerAddress;
import dev.weft.transport.ListenerStatus;
import dev.weft.transport.Listeners;
import dev.weft.transport.LoopTrace;
import dev.weft.transport.TraceText;
import dev.weft.transport.TransportCounters;
import dev.weft.transport.http.HttpListeners;
import dev.weft.transport.http.PollNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All listeners for clients, of whatever type. Thread-safe. */
final class ClientDoors {
    private final Listeners sockets;
    private final HttpListeners http;
    private final CookieLookup cookies;

    /**
     * @param cookies for whom those of browsers stand
     * @param node this one
     */
    ClientDoors(
            Vertx vertx,
            List<AcceptingLoop> loops,
            TransportCounters counters,
            LimitsConfig limits,
            CookieLookup cookies,
            PollNode node) {
        ArrivalRate arrivals = new ArrivalRate(limits.maxConnectionRatePerAddress(), System::nanoTime);
        sockets = new Listeners(vertx, loops, counters, ListenerSettings.memory(limits), arrivals);
        this.cookies = cookies;
        http = new HttpListeners(vertx, loops, counters, arrivals, sockets.traffic(), sockets::nextId, node);
    }

    /** Opens a listener; the future has the address bound. Looks at files: not to be called on an event loop. */
    Future<ListenerAddress> open(ListenerConfig listener, LimitsConfig limits, NodeTls tls) throws NodeStartException {
        return listener.type() == ListenerType.HTTP
                ? http.open(ListenerSettings.http(listener, limits, tls, cookies))
                : sockets.open(ListenerSettings.options(listener, limits, tls, cookies));
    }

    /** Who takes what comes over the lane to each event loop and concerns long-poll transports; called on that loop. */
    List<LaneReceiver> polls() {
        return http.polls();
    }

    /** Looks at what waits for the connections of one event loop. On that event loop; its index is the one given. */
    void refreshBacklog(int loop) {
        sockets.refreshBacklog(loop);
    }

    /** Records messages of one event loop's connections from now on; null for no more. On that event loop. */
    void trace(int loop, @Nullable LoopTrace trace) {
        sockets.trace(loop, trace);
        http.trace(loop, trace);
    }

    /** How messages of one event loop are written down: for {@link LoopTrace}, on that event loop. */
    TraceText traceText(int loop, boolean payloads) {
        return sockets.traceText(loop, payloads);
    }

    /** How many connections each listener has, and may have. Any thread. */
    List<ListenerStatus> status() {
        return Stream.concat(sockets.status().stream(), http.status().stream()).toList();
    }

    /** Nobody new is let in. */
    void stopAccepting() {
        sockets.stopAccepting();
        http.stopAccepting();
    }

    /** Closes all connections; done when the last is gone. */
    Future<Void> close() {
        return Future.all(sockets.close(), http.close()).mapEmpty();
    }
}
