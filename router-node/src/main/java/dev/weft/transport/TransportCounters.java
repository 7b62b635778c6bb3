package dev.weft.transport;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

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
    private final Map<CloseReason, LongAdder> closed = new EnumMap<>(CloseReason.class);

    public TransportCounters() {
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, new LongAdder());
        }
    }

    /** A connection was made. */
    public void accepted() {
        accepted.increment();
    }

    /** Its transport handshake succeeded. */
    public void opened() {
        opened.increment();
    }

    @SuppressWarnings("NullAway") // the constructor has put every reason
    /** It is gone. */
    public void closed(CloseReason reason) {
        closed.get(reason).increment();
    }

    void received(long messages, long bytes) {
        messagesIn.add(messages);
        bytesIn.add(bytes);
    }

    void sent(long messages, long bytes) {
        messagesOut.add(messages);
        bytesOut.add(bytes);
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
