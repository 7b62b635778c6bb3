package dev.weft.transport.http;

import dev.weft.transport.Connection;
import dev.weft.transport.Frame;
import dev.weft.transport.LoopTrace;
import dev.weft.transport.LoopTraffic;
import dev.weft.transport.TransportCounters;
import dev.weft.wamp.MessageType;
import dev.weft.wamp.WampMessage;

/**
 * What went through one long-poll transport: counted for it, for its event loop and for all clients over HTTP, and recorded
 * while somebody looks. Belongs to the transport's event loop.
 */
final class PollTraffic {
    private final Connection connection;
    private final TransportCounters counters;
    private final LoopTraffic traffic;
    private long messagesIn;
    private long messagesOut;
    private long bytesIn;
    private long bytesOut;
    private long countedIn;
    private long countedOut;

    PollTraffic(Connection connection, HttpLoop loop) {
        this.connection = connection;
        this.counters = loop.counters();
        this.traffic = loop.traffic();
    }

    /** A message came that is about to be handed on. */
    void received(WampMessage message) {
        messagesIn++;
        traffic.received().increment(message.type());
        LoopTrace trace = traffic.trace();
        if (trace != null) {
            trace.received(connection, message);
        }
    }

    /** All messages of a body have been handed on. */
    void bodyReceived(int bytes) {
        bytesIn += bytes;
        counters.received(messagesIn - countedIn, bytes);
        countedIn = messagesIn;
    }

    void sent(WampMessage message) {
        counted(message.type());
        LoopTrace trace = traffic.trace();
        if (trace != null) {
            trace.sent(connection, message);
        }
    }

    /** @param event that was encoded for several connections */
    void sent(Frame event) {
        counted(MessageType.EVENT);
        LoopTrace trace = traffic.trace();
        if (trace != null) {
            trace.sent(connection, event);
        }
    }

    private void counted(MessageType type) {
        messagesOut++;
        traffic.sent().increment(type);
    }

    /** A {@code receive} is answered with messages that were sent. */
    void bodySent(int bytes) {
        bytesOut += bytes;
        counters.sent(messagesOut - countedOut, bytes);
        countedOut = messagesOut;
    }

    /** A connection was not read from, because a lane that it feeds was congested. */
    void stalled() {
        traffic.events().increment(LoopTraffic.Event.STALLED);
    }

    long messagesIn() {
        return messagesIn;
    }

    long messagesOut() {
        return messagesOut;
    }

    long bytesIn() {
        return bytesIn;
    }

    long bytesOut() {
        return bytesOut;
    }
}
