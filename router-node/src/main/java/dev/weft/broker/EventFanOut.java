package dev.weft.broker;

import dev.weft.link.RoutedEvent;
import dev.weft.observability.Tallies;
import dev.weft.session.Session;
import dev.weft.tracing.Operation;
import dev.weft.tracing.Span;
import dev.weft.tracing.Tracing;
import dev.weft.transport.Connection;
import dev.weft.transport.Frame;
import dev.weft.transport.Framing;
import dev.weft.wamp.Event;
import dev.weft.wamp.EventDetails;
import dev.weft.wamp.MatchPolicy;
import dev.weft.wamp.Payload;
import dev.weft.wamp.SerializerId;
import dev.weft.wamp.TraceContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Delivers one event to the subscribers of one event loop: transcodes the payload at most once per serializer, encodes
 * the EVENT once per subscription, serializer and framing, and writes the same bytes to everyone. Belongs to its event
 * loop.
 */
final class EventFanOut {
    private static final int FRAMINGS = Framing.values().length;

    private final @Nullable Payload[] payloads = new @Nullable Payload[SerializerId.values().length];
    private final @Nullable Frame[] frames = new @Nullable Frame[SerializerId.values().length * FRAMINGS];

    private final Tallies<BrokerTally> tallies;
    private Tracing tracing = Tracing.OFF;
    private @Nullable Span span;

    /** @param tallies of the broker */
    EventFanOut(Tallies<BrokerTally> tallies) {
        this.tallies = tallies;
    }

    /** Has events recorded from now on. */
    void tracedBy(Tracing other) {
        tracing = other;
    }

    /** Starts with another event. */
    void begin(RoutedEvent event) {
        Arrays.fill(payloads, null);
        TraceContext trace = event.details().trace();
        span = trace == null ? null : tracing.begin(Operation.EVENT, event.realm(), event.topic(), trace);
    }

    /** All subscriptions of the event have been gone through. */
    void end(int receivers) {
        Span recorded = span;
        if (recorded != null) {
            span = null;
            recorded.note("weft.receivers", receivers);
            recorded.end("delivered", null);
        }
    }

    /** Returns to how many it went. */
    int deliver(RoutedEvent event, LoopSubscription subscription) {
        int subscribers = subscription.size();
        int receivers = 0;
        EventDetails details = details(event, subscription, false);
        RetainedHandover handover = event.details().retained() ? subscription.handoverIfAny() : null;
        if (handover != null) {
            handover.passing(event);
        }
        try {
            // From the end, because a subscriber that is closed on the way is replaced by one that was served already.
            for (int i = subscription.size() - 1; i >= 0; i--) {
                Session receiver = subscription.member(i);
                if (receiver.id() != event.excluded()
                        && admits(event, receiver)
                        && (handover == null || !handover.hasGiven(event.publication(), receiver.id()))) {
                    send(event, subscription, details, receiver);
                    receivers++;
                }
            }
        } finally {
            releaseFrames();
        }
        tallies.add(BrokerTally.DELIVERED, receivers);
        tallies.add(BrokerTally.WITHHELD, subscribers - receivers);
        return receivers;
    }

    /** The event that is retained, to one subscriber that asked for it. */
    void deliverRetained(RoutedEvent event, LoopSubscription subscription, Session receiver) {
        Connection connection = receiver.connection();
        receiver.deliver(new Event(
                subscription.id(),
                event.publication(),
                details(event, subscription, true),
                connection.serializer().accept(event.payload())));
        tallies.increment(BrokerTally.DELIVERED);
    }

    /**
     * Between event loops and nodes {@code retained} says that the event is one; to clients, that it is not new. What is not
     * new is part of no trace any more.
     */
    private EventDetails details(RoutedEvent event, LoopSubscription subscription, boolean old) {
        EventDetails details = event.details();
        Span recorded = old ? null : span;
        TraceContext trace = old ? null : recorded == null ? details.trace() : recorded.context();
        boolean exact = subscription.key().match() == MatchPolicy.EXACT;
        boolean traceStays = recorded == null && (!old || details.trace() == null);
        return exact && details.retained() == old && traceStays
                ? details
                : new EventDetails(
                        details.publisher(),
                        exact ? null : event.topic(),
                        old,
                        details.trustlevel(),
                        details.ppt(),
                        trace);
    }

    private static boolean admits(RoutedEvent event, Session receiver) {
        return event.receivers() == null || event.receivers().admits(receiver.identity());
    }

    private void send(RoutedEvent event, LoopSubscription subscription, EventDetails details, Session receiver) {
        Connection connection = receiver.connection();
        if (subscription.size() == 1) {
            receiver.deliver(new Event(subscription.id(), event.publication(), details, payload(event, connection)));
            return;
        }
        int slot = connection.serializer().id().ordinal() * FRAMINGS
                + connection.framing().ordinal();
        Frame frame = frames[slot];
        if (frame == null) {
            frame = connection.frame(
                    new Event(subscription.id(), event.publication(), details, payload(event, connection)));
            frames[slot] = frame;
        }
        receiver.deliver(frame);
    }

    private Payload payload(RoutedEvent event, Connection connection) {
        int slot = connection.serializer().id().ordinal();
        Payload payload = payloads[slot];
        if (payload == null) {
            payload = connection.serializer().accept(event.payload());
            payloads[slot] = payload;
        }
        return payload;
    }

    private void releaseFrames() {
        for (int i = 0; i < frames.length; i++) {
            Frame frame = frames[i];
            if (frame != null) {
                frame.release();
                frames[i] = null;
            }
        }
    }
}
