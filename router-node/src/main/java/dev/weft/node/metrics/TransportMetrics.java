package dev.weft.node.metrics;

import dev.weft.observability.MetricCatalog;
import dev.weft.observability.MetricSamples;
import dev.weft.observability.MetricSource;
import dev.weft.transport.CloseReason;
import dev.weft.transport.ConnectionKind;
import dev.weft.transport.ListenerStatus;
import dev.weft.transport.Pace;
import dev.weft.transport.TransportCounters;
import dev.weft.wamp.MessageType;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The connections of clients. */
public record TransportMetrics(TransportCounters counters, Supplier<List<ListenerStatus>> listeners)
        implements MetricSource {
    @Override
    public void collect(MetricSamples into) {
        connections(into);
        for (MessageType type : MessageType.values()) {
            into.add(MetricCatalog.MESSAGES_RECEIVED_TOTAL, counters.received(type), type.name());
            into.add(MetricCatalog.MESSAGES_SENT_TOTAL, counters.sent(type), type.name());
        }
        into.add(MetricCatalog.RECEIVED_BYTES_TOTAL, counters.bytesReceived());
        into.add(MetricCatalog.SENT_BYTES_TOTAL, counters.bytesSent());
        into.add(MetricCatalog.STALLED_CONNECTIONS, counters.stalledConnections());
        into.add(MetricCatalog.OUTBOUND_QUEUE_BYTES, counters.bytesWaiting());
        into.add(MetricCatalog.OUTBOUND_QUEUE_MAX_BYTES, counters.mostBytesWaiting());
        into.add(MetricCatalog.UNDELIVERED_BYTES_TOTAL, counters.bytesUndelivered());
        into.add(MetricCatalog.PRODUCER_STALLS_TOTAL, counters.stalls());
        into.add(MetricCatalog.PRODUCER_HOLDS_TOTAL, counters.holds());
        for (Pace slow : List.of(Pace.BEHIND, Pace.STALLED)) {
            into.add(MetricCatalog.CONNECTIONS_BEHIND, counters.connections(slow), slow.label());
        }
    }

    private void connections(MetricSamples into) {
        into.add(MetricCatalog.CONNECTIONS_ACCEPTED_TOTAL, counters.connectionsAccepted());
        // First those that are closed: otherwise one that comes and goes meanwhile would count as less than none.
        Map<ConnectionKind, Long> closed = counters.closedByKind();
        counters.openedByKind().forEach((kind, opened) -> {
            long open = opened - closed.getOrDefault(kind, 0L);
            into.add(MetricCatalog.CONNECTIONS, open, kind.transport(), kind.serializer());
            into.add(MetricCatalog.CONNECTIONS_OPENED_TOTAL, opened, kind.transport(), kind.serializer());
        });
        for (CloseReason reason : CloseReason.values()) {
            into.add(MetricCatalog.CONNECTIONS_CLOSED_TOTAL, counters.connectionsClosed(reason), reason.label());
        }
        for (ListenerStatus listener : listeners.get()) {
            into.add(MetricCatalog.LISTENER_CONNECTIONS, listener.connections(), listener.name());
            into.add(MetricCatalog.LISTENER_CONNECTIONS_MAX, listener.maxConnections(), listener.name());
        }
    }
}
