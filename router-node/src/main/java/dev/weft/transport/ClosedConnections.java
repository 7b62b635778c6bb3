package dev.weft.transport;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The connections that were closed last, and why. Thread-safe and without locks: event loops write. */
public final class ClosedConnections {
    private final AtomicReferenceArray<@Nullable ClosedConnection> ring;
    private final AtomicLong written = new AtomicLong();
    private final InstantSource clock;

    /**
     * @param kept how many are remembered, 1 or more
     * @param clock for people
     */
    public ClosedConnections(int kept, InstantSource clock) {
        this.ring = new AtomicReferenceArray<>(kept);
        this.clock = clock;
    }

    /** @param holder null if no session was opened on the connection */
    public void add(ConnectionStatus connection, CloseReason reason, ClosedConnection.@Nullable Holder holder) {
        int slot = (int) (written.getAndIncrement() % ring.length());
        ring.setRelease(slot, new ClosedConnection(clock.instant(), reason, connection, holder));
    }

    /** The last one first; one that is being written may be missing. */
    public List<ClosedConnection> latest() {
        long end = written.get();
        List<ClosedConnection> latest = new ArrayList<>();
        for (long i = end - 1; i >= 0 && i >= end - ring.length(); i--) {
            ClosedConnection closed = ring.getAcquire((int) (i % ring.length()));
            if (closed != null) {
                latest.add(closed);
            }
        }
        return latest;
    }
}
