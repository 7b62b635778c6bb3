package dev.weft.cluster.link;

import dev.weft.link.NodeId;
import dev.weft.observability.Buckets;
import dev.weft.observability.Distribution;
import java.util.concurrent.atomic.AtomicLong;

/** What went over a link, for people who look at it. Written by one thread at a time, the link's event loop; read by any. */
final class LinkMeter {
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong bytesReceived = new AtomicLong();
    private final AtomicLong resumes = new AtomicLong();
    private final Distribution roundTrips = new Distribution(Buckets.LATENCY);
    private volatile long roundTripNanos;

    void sent(int bytes) {
        bytesSent.setOpaque(bytesSent.getPlain() + bytes);
    }

    void received(int bytes) {
        bytesReceived.setOpaque(bytesReceived.getPlain() + bytes);
    }

    void resumed() {
        resumes.incrementAndGet();
    }

    /** A ping was answered. */
    void roundTrip(long nanos) {
        roundTripNanos = nanos;
        roundTrips.record(nanos);
    }

    /** Nanoseconds, of every ping that was answered. Any thread. */
    Distribution roundTrips() {
        return roundTrips;
    }

    LinkStatus read(NodeId peer, LinkState state, LinkOutbox outbox, LinkInbox inbox) {
        long sent = outbox.sent();
        return new LinkStatus(
                peer,
                state,
                outbox.queuedBytes(),
                outbox.replayBytes(),
                sent,
                inbox.received(),
                Math.max(0, sent - outbox.acknowledged()),
                bytesSent.get(),
                bytesReceived.get(),
                resumes.get(),
                roundTripNanos);
    }
}
