package dev.weft.node;

import dev.weft.config.LimitsConfig;
import dev.weft.config.ListenerConfig;
import dev.weft.config.ListenerType;
import dev.weft.transport.AcceptingLoop;
import dev.weft.transport.ListenerAddress;
import dev.weft.transport.Listeners;
import dev.weft.transport.TransportCounters;
import dev.weft.transport.http.HttpListeners;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** All listeners for clients, of whatever type. Thread-safe. */
final class ClientDoors {
    private final Listeners sockets;
    private final HttpListeners http;

    ClientDoors(Vertx vertx, List<AcceptingLoop> loops, TransportCounters counters) {
        sockets = new Listeners(vertx, loops, counters);
        http = new HttpListeners(vertx, loops, counters);
    }

    /** Opens a listener; the future has the address bound. Looks at files: not to be called on an event loop. */
    Future<ListenerAddress> open(ListenerConfig listener, LimitsConfig limits, NodeTls tls) throws NodeStartException {
        return listener.type() == ListenerType.HTTP
                ? http.open(ListenerSettings.http(listener, limits, tls))
                : sockets.open(ListenerSettings.options(listener, limits, tls));
    }

    /** Those of WebSocket and RawSocket. */
    Listeners sockets() {
        return sockets;
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
