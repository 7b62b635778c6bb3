package dev.weft.transport;

import dev.weft.wamp.MessageType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What went through the listeners of a node, counted since its start. Every connection accepted is counted closed once,
 * with one reason. Thread-safe.
 */
public final class TransportCounters {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final LongAdder messagesIn = new LongAdder();
    private final LongAdder messagesOut = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder bytesUndelivered = new LongAdder();
    private final Map<ConnectionKind, LongAdder> openedByKind = new ConcurrentHashMap<>();
    private final Map<ConnectionKind, LongAdder> closedByKind = new ConcurrentHashMap<>();
    private final List<LoopTraffic> loops = new CopyOnWriteArrayList<>();
    private final Map<CloseReason, LongAdder> closed = new EnumMap<>(CloseReason.class);

    private final @Nullable ClosedConnections closedConnections;

    public TransportCounters() {
        this(null);
    }

    /** @param closedConnections where connections are remembered that are closed; null for nowhere */
    public TransportCounters(@Nullable ClosedConnections closedConnections) {
        this.closedConnections = closedConnections;
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, new LongAdder());
        }
    }

    /** A connection was made. */
    public void accepted() {
        accepted.increment();
    }

    /** Its transport handshake succeeded. */
    public void opened(ConnectionKind kind) {
        opened.increment();
        openedByKind.computeIfAbsent(kind, first -> new LongAdder()).increment();
    }

    /**
     * It is gone.
     *
     * @param kind null if the connection was never opened
     * @param undelivered bytes that were not sent any more
     */
    @SuppressWarnings("NullAway") // the constructor has put every reason
    public void closed(CloseReason reason, @Nullable ConnectionKind kind, long undelivered) {
        closed.get(reason).increment();
        bytesUndelivered.add(undelivered);
        if (kind != null) {
            closedByKind.computeIfAbsent(kind, first -> new LongAdder()).increment();
        }
    }

    /**
     * Keeps a connection that is gone for who asks why.
     *
     * @param holder who had it last; null if no session was opened on it
     */
    public void remember(ConnectionStatus last, CloseReason reason, ClosedConnection.@Nullable Holder holder) {
        if (closedConnections != null) {
            closedConnections.add(last, reason, holder);
        }
    }

    /** The counters of one more event loop. */
    LoopTraffic loop(Backlog backlog) {
        LoopTraffic traffic = new LoopTraffic(backlog);
        loops.add(traffic);
        return traffic;
    }

    public void received(long messages, long bytes) {
        messagesIn.add(messages);
        bytesIn.add(bytes);
    }

    public void sent(long messages, long bytes) {
        messagesOut.add(messages);
        bytesOut.add(bytes);
    }

    /** WAMP messages of this type that were understood. */
    public long received(MessageType type) {
        return loops.stream().mapToLong(loop -> loop.received().get(type)).sum();
    }

    /** WAMP messages of this type that were handed to connections. */
    public long sent(MessageType type) {
        return loops.stream().mapToLong(loop -> loop.sent().get(type)).sum();
    }

    /** Times that a connection was not read from, because most of those to whom it sends were behind. */
    public long holds() {
        return loops.stream()
                .mapToLong(loop -> loop.events().get(LoopTraffic.Event.HELD))
                .sum();
    }

    /**
     * Connections for which more waits than the soft mark.
     *
     * @param pace of these; not {@link Pace#KEEPS_UP}
     */
    public long connections(Pace pace) {
        return loops.stream().mapToLong(loop -> loop.paces().of(pace)).sum();
    }

    /** Times that a connection was not read from, because what it feeds was congested. */
    public long stalls() {
        return loops.stream()
                .mapToLong(loop -> loop.events().get(LoopTraffic.Event.STALLED))
                .sum();
    }

    /** Bytes that waited for connections when these were closed. */
    public long bytesUndelivered() {
        return bytesUndelivered.sum();
    }

    /** Opened connections by what they are. */
    public Map<ConnectionKind, Long> openedByKind() {
        return sums(openedByKind);
    }

    /** Those of {@link #openedByKind} that are closed. */
    public Map<ConnectionKind, Long> closedByKind() {
        return sums(closedByKind);
    }

    private static Map<ConnectionKind, Long> sums(Map<ConnectionKind, LongAdder> adders) {
        return adders.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum()));
    }

    /** Connections for which something has been waiting, some tenths of a second ago. */
    public long stalledConnections() {
        return loops.stream()
                .mapToLong(loop -> loop.backlog().figures().connections())
                .sum();
    }

    /** Bytes that waited for them. */
    public long bytesWaiting() {
        return loops.stream()
                .mapToLong(loop -> loop.backlog().figures().bytes())
                .sum();
    }

    /** Bytes that waited for the one of them for which most did. */
    public long mostBytesWaiting() {
        return loops.stream()
                .mapToLong(loop -> loop.backlog().figures().largest())
                .max()
                .orElse(0);
    }

    /** Connections accepted, whatever became of them. */
    public long connectionsAccepted() {
        return accepted.sum();
    }

    /** Connections whose transport handshake succeeded. */
    public long connectionsOpened() {
        return opened.sum();
    }

    @SuppressWarnings("NullAway") // the constructor has put every reason
    public long connectionsClosed(CloseReason reason) {
        return closed.get(reason).sum();
    }

    public long connectionsClosed() {
        return closed.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public long messagesReceived() {
        return messagesIn.sum();
    }

    public long messagesSent() {
        return messagesOut.sum();
    }

    /** Bytes of all that was read from connections, framing included, after TLS. */
    public long bytesReceived() {
        return bytesIn.sum();
    }

    /** Bytes handed to connections, framing included, before TLS. */
    public long bytesSent() {
        return bytesOut.sum();
    }
}
