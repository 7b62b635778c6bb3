package dev.weft.node.status;

import dev.weft.transport.ListenerStatus;
import dev.weft.transport.TransportCounters;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The node in figures, since its start.
 *
 * @param identity what it is called, and where it stands
 */
public record Overview(
        Supplier<Map<String, Object>> identity, TransportCounters counters, Supplier<List<ListenerStatus>> listeners) {
    private static final double NANOS_PER_SECOND = 1e9;

    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>(identity.get());
        figures.put("uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        figures.put("pid", ProcessHandle.current().pid());
        figures.put("java", String.valueOf(Runtime.version()));
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        figures.put("cpu_seconds", cpuSeconds());
        figures.put(
                "heap_used_bytes",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        figures.put(
                "heap_max_bytes",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax());
        figures.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        figures.put("listeners", listeners.get());
        figures.put("connections", counters.connectionsAccepted() - counters.connectionsClosed());
        figures.put("connections_accepted", counters.connectionsAccepted());
        figures.put("connections_closed", counters.connectionsClosed());
        figures.put("messages_received", counters.messagesReceived());
        figures.put("messages_sent", counters.messagesSent());
        figures.put("bytes_received", counters.bytesReceived());
        figures.put("bytes_sent", counters.bytesSent());
        figures.put("stalled_connections", counters.stalledConnections());
        figures.put("outbound_queue_bytes", counters.bytesWaiting());
        figures.put("undelivered_bytes", counters.bytesUndelivered());
        figures.put("producer_stalls", counters.stalls());
        return figures;
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / NANOS_PER_SECOND)
                .orElse(0.0);
    }
}
