package dev.weft.transport;

import dev.weft.observability.Tallies;
import dev.weft.wamp.MessageType;
import org.jspecify.annotations.Nullable;

/** The messages that went through the connections of one event loop. It counts; any thread may read. */
public final class LoopTraffic {
    /** What else is counted. */
    public enum Event {
        /** A connection was not read from, because a lane that it feeds was congested. */
        STALLED,

        /** A connection was not read from, because most of those to whom it sends were behind. */
        HELD
    }

    private final Tallies<MessageType> received = new Tallies<>(MessageType.class);
    private final Tallies<MessageType> sent = new Tallies<>(MessageType.class);
    private final Tallies<Event> events = new Tallies<>(Event.class);

    private final PaceCounts paces = new PaceCounts();
    private final Backlog backlog;
    private @Nullable LoopTrace trace;

    LoopTraffic(Backlog backlog) {
        this.backlog = backlog;
    }

    public Tallies<MessageType> received() {
        return received;
    }

    public Tallies<MessageType> sent() {
        return sent;
    }

    /** The connections that something waits for. */
    public Backlog backlog() {
        return backlog;
    }

    /** The connections that are behind. */
    PaceCounts paces() {
        return paces;
    }

    /** What records messages, or null. On the event loop. */
    public @Nullable LoopTrace trace() {
        return trace;
    }

    /** On the event loop. */
    void trace(@Nullable LoopTrace recorder) {
        trace = recorder;
    }

    public Tallies<Event> events() {
        return events;
    }
}
