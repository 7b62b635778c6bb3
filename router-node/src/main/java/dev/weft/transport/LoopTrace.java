package dev.weft.transport;

import dev.weft.wamp.ProtocolViolation;
import dev.weft.wamp.WampMessage;
import dev.weft.wamp.codec.Serializer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes down messages of one event loop's connections, as many as it may. Belongs to that event loop. What proves who a
 * client is is never written down, and payloads only if asked for, their beginnings.
 */
public final class LoopTrace {
    /**
     * One message.
     *
     * @param received whether it came from the client
     */
    public record Entry(Instant at, long connection, boolean received, String message) {}

    private final TraceFilter filter;
    private final TraceText text;
    private final int most;
    private final InstantSource clock;
    private final List<Entry> entries = new ArrayList<>();
    private long leftOut;

    /**
     * @param most messages that are kept; later ones are counted only
     * @param clock for people
     */
    public LoopTrace(TraceFilter filter, TraceText text, int most, InstantSource clock) {
        this.filter = filter;
        this.text = text;
        this.most = most;
        this.clock = clock;
    }

    public void received(Connection connection, WampMessage message) {
        record(connection, true, message);
    }

    public void sent(Connection connection, WampMessage message) {
        record(connection, false, message);
    }

    /** A message that was encoded for several connections. */
    public void sent(Connection connection, Frame frame) {
        if (!filter.admits(connection)) {
            return;
        }
        Serializer serializer = connection.serializer();
        try {
            record(connection, false, serializer.decode(frame.bytes(), frame.messageOffset(), frame.messageLength()));
        } catch (ProtocolViolation impossible) {
            throw new IllegalStateException("a message of our own cannot be read", impossible);
        }
    }

    private void record(Connection connection, boolean received, WampMessage message) {
        if (!filter.admits(connection) || !filter.admits(message)) {
            return;
        }
        if (entries.size() >= most) {
            leftOut++;
            return;
        }
        entries.add(new Entry(clock.instant(), connection.id(), received, text.of(message)));
    }

    /** A copy. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Messages that were not kept because there were too many. */
    public long leftOut() {
        return leftOut;
    }
}
